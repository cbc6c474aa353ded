package io.millrace.memory;

/** A circle where the region's own checks are no dearer than any. */
final class RegionCircularRegion extends CircularRegion {
    private final Region region;

    private RegionCircularRegion(Region region) {
        super(region, region.base(), region.length());
        this.region = region;
    }

    /** The circle that the region is. */
    static CircularRegion over(Region region) {
        return new RegionCircularRegion(region);
    }

    @Override
    public long getLongAcquire(long position) {
        return region.getLongAcquire(wordIndex(position));
    }

    @Override
    public void putLongPlain(long position, long value) {
        region.putLongPlain(wordIndex(position), value);
    }

    @Override
    public void putLongRelease(long position, long value) {
        region.putLongRelease(wordIndex(position), value);
    }
}
