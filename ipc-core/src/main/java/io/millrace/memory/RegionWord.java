package io.millrace.memory;

/** A word where the region's own checks are no dearer than any. */
final class RegionWord extends Word {
    private final Region region;

    private RegionWord(Region region) {
        this.region = region;
    }

    /** The word that the region is. */
    static Word over(Region region) {
        return new RegionWord(region);
    }

    @Override
    public int getIntPlain() {
        return region.getIntPlain(0);
    }

    @Override
    public int getIntVolatile() {
        return region.getIntVolatile(0);
    }

    @Override
    public boolean compareAndSetInt(int expected, int update) {
        return region.compareAndSetInt(0, expected, update);
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
