package io.millrace.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ChildLogsTest extends ProcessContract {
    @Test
    void whatAChildLogsIsLoggedHere() throws Exception {
        List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() { }

            @Override
            public void close() { }
        };
        Logger logger = Logger.getLogger("child");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        ChildLogs logs = ChildLogs.open(domain());
        try {
            JvmProcess child = start(JvmProcess.builder(Work::log, "greetings").domain(domain()).name("talker")
                .logs(logs));
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        } finally {
            logs.close();
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(logs).hasToString("ChildLogs[closed]");
        assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.WARNING, Level.INFO);
        assertThat(records.get(0).getMessage()).isEqualTo("{0} from talker");
        assertThat(records.get(0).getParameters()).containsExactly("greetings");
        assertThat(records.get(0).getSourceMethodName()).isEqualTo("log");
        assertThat(records.get(1).getThrown()).hasMessage("with a cause");
    }
}
