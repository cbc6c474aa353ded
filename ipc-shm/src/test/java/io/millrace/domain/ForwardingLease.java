package io.millrace.domain;

import java.io.IOException;

/** Does as another lease does; for copies that differ in one point. */
class ForwardingLease extends Lease {
    private final Lease lease;

    ForwardingLease(Lease lease) {
        this.lease = lease;
    }

    @Override
    boolean tryTake(int id) throws IOException {
        return lease.tryTake(id);
    }

    @Override
    void release(int id) throws IOException {
        lease.release(id);
    }

    @Override
    boolean isHeld(int id) throws IOException {
        return lease.isHeld(id);
    }

    @Override
    boolean isProvenAlone() throws IOException {
        return lease.isProvenAlone();
    }

    @Override
    void close() throws IOException {
        lease.close();
    }
}
