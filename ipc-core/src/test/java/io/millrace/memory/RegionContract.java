package io.millrace.memory;

import java.io.IOException;

/**
 * What every region promises, whatever memory is behind it. The parts are interfaces so that each stays short
 * enough to be read as a specification.
 */
abstract class RegionContract
    implements RegionWordContract, WordContract, CircularRegionContract, RegionAtomicContract, RegionBoundsContract,
    RegionCopyContract, RegionCopyBoundsContract, RegionDirectBufferContract, RegionViewContract {

    @Override
    public abstract Region region(int length) throws IOException;

    @Override
    public abstract Region peer();
}
