package io.millrace.atomic;

import java.util.Iterator;
import java.util.ServiceLoader;

/** Finds where cells are made. */
final class Homes {
    private Homes() { }

    /**
     * The one that there is.
     *
     * @throws NoCellHomeException if there is none
     */
    static CellHome home() {
        if (Known.HOME == null) {
            throw new NoCellHomeException();
        }
        return Known.HOME;
    }

    private static final class Known {
        static final CellHome HOME = find(CellHome.class.getClassLoader());

        private static CellHome find(ClassLoader loader) {
            Iterator<CellHome> homes = ServiceLoader.load(CellHome.class, loader).iterator();
            return homes.hasNext() ? homes.next() : null;
        }
    }
}
