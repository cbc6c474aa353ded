package io.millrace.bench;

/** Which runner a row needs. */
final class RowRunners {
    private RowRunners() { }

    static RowRunner of(RunDirectory directory, Plan plan, boolean pin) {
        RowRunner pairs = new PairRunner(directory, plan, pin);
        RowRunner lone = new LoneRunner(directory, plan);
        RowRunner python = new PythonQueue(directory, plan, pin);
        RowRunner pythonPipe = new PythonPipe(directory, plan, pin);
        RowRunner pythonSpawn = new PythonSpawn(directory, plan);
        RowRunner pythonValue = new PythonValue(directory, plan, pin);
        RowRunner yardsticks = Yardstick.runner(directory, plan, pin);
        return row -> {
            if (Yardstick.measures(row)) {
                return yardsticks.run(row);
            }
            if (PythonQueue.ROW.equals(row)) {
                return python.run(row);
            }
            if (PythonPipe.measures(row)) {
                return pythonPipe.run(row);
            }
            if (PythonSpawn.ROW.equals(row)) {
                return pythonSpawn.run(row);
            }
            if (PythonValue.ROW.equals(row)) {
                return pythonValue.run(row);
            }
            boolean alone = LoneSubject.measures(row) || AddSubject.COUNTER_ALONE.row().equals(row);
            return alone ? lone.run(row) : pairs.run(row);
        };
    }
}
