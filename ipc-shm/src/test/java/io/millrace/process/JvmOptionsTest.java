package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmOptionsTest {
    @Test
    void agentsOfDebuggersAreNotInherited() {
        assertThat(JvmOptions.toolOptions("-Xmx1g -agentlib:jdwp=transport=dt_socket,server=y,address=5005 -Da=b"))
            .isEqualTo("-Xmx1g -Da=b");
        assertThat(JvmOptions.toolOptions("-agentlib:jdwp=server=y")).isNull();
        assertThat(JvmOptions.toolOptions(null)).isNull();
    }

    @Test
    void theClassPathIsThatOfThisJvm() {
        assertThat(JvmOptions.classes()).containsSequence("-cp", JvmOptions.classPath())
            .endsWith(ChildMain.class.getName());
        assertThat(JvmOptions.ofThisJvm()).doesNotContain("-cp", "-jar", System.getProperty("java.class.path"));
    }
}
