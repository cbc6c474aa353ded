package bsh;

import java.io.Serializable;

/** Has the name of a class that is known from attacks, and does nothing. */
public final class Interpreter implements Serializable {
    private static final long serialVersionUID = 1L;
}
