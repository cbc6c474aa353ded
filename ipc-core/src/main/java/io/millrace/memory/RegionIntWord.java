package io.millrace.memory;

/** A word where the region's own checks are no dearer than any. */
final class RegionIntWord extends IntWord {
    private final Region region;

    private RegionIntWord(Region region) {
        this.region = region;
    }

    /** The word that the region is. */
    static IntWord over(Region region) {
        return new RegionIntWord(region);
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
}
