package io.millrace.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Subjects {@code uds}, {@code uds-batched} and {@code tcp}: blocking socket channels on this machine. */
final class SocketTransport implements Transport {
    /** Which sockets. */
    enum Family {
        /** Unix-domain sockets. */
        UNIX,
        /** TCP over the loopback device, without Nagle's delay. */
        TCP
    }

    private final Family family;
    private final int payloadBytes;
    private final boolean batched;
    private ServerSocketChannel server;

    SocketTransport(Family family, int payloadBytes, boolean batched) {
        this.family = family;
        this.payloadBytes = payloadBytes;
        this.batched = batched;
    }

    @Override
    public String bind(Path directory) throws IOException {
        if (family == Family.UNIX) {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
            return "";
        }
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort());
    }

    @Override
    public Link accept() throws IOException {
        return link(server.accept());
    }

    @Override
    public Link connect(Path directory, String address) throws IOException {
        SocketAddress remote = family == Family.UNIX
            ? UnixDomainSocketAddress.of(directory.resolve("socket"))
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address));
        return link(SocketChannel.open(remote));
    }

    private Link link(SocketChannel channel) throws IOException {
        if (family == Family.TCP) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        return server == null ? new ChannelLink(channel, channel, payloadBytes, batched)
            : new ChannelLink(channel, channel, payloadBytes, batched, server);
    }
}
