package io.millrace.memory;

/** A word where the region's own checks are no dearer than any. */
final class RegionLongWord extends LongWord {
    private final Region region;

    private RegionLongWord(Region region) {
        this.region = region;
    }

    /** The word that the region is. */
    static LongWord over(Region region) {
        return new RegionLongWord(region);
    }

    @Override
    public long getLongAcquire() {
        return region.getLongAcquire(0);
    }

    @Override
    public void putLongRelease(long value) {
        region.putLongRelease(0, value);
    }

    @Override
    public long getLongVolatile() {
        return region.getLongVolatile(0);
    }

    @Override
    public boolean compareAndSetLong(long expected, long update) {
        return region.compareAndSetLong(0, expected, update);
    }
}
