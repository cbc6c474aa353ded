package io.millrace.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a domain may be. */
@Timeout(60)
class FileSystemTypesTest {
    @TempDir(factory = SharedDirectory.class)
    Path parent;

    static Stream<Arguments> waysToAsk() {
        return Stream.of(Arguments.of(FileSystemTypes.OF_KERNEL), Arguments.of(FileSystemTypes.OF_MOUNTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "9p", "virtiofs", "fuse", "fuse.sshfs", "overlay", "ramfs", "zfs"})
    void whatSeveralKernelsMayShareOrIsNotKnownIsRefused(String type) {
        FileSystemTypes types = directory -> type;
        assertThatThrownBy(() -> types.check(parent)).isInstanceOf(UnsuitableFileSystemException.class)
            .hasMessageContaining("actual " + type).hasMessageContaining("tmpfs, ext2, ext3, ext4, xfs, btrfs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4", "xfs", "btrfs"})
    void whatOneKernelHasForItselfIsTaken(String type) {
        FileSystemTypes types = directory -> type;
        assertThatCode(() -> types.check(parent)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void fileSystemsOfTheKernelItselfAreRefused(FileSystemTypes types) {
        assertThatThrownBy(() -> types.check(Path.of("/proc"))).isInstanceOf(UnsuitableFileSystemException.class);
        assertThatThrownBy(() -> types.check(Path.of("/sys"))).isInstanceOf(UnsuitableFileSystemException.class);
    }

    @Test
    void kernelAndTableOfMountsAgree() throws IOException {
        for (Path directory : new Path[] {parent, Path.of("/dev/shm")}) {
            String mounted = FileSystemTypes.OF_MOUNTS.typeOf(directory);
            assumeTrue(FileSystemTypes.ALLOWED.contains(mounted), directory + " is on " + mounted);
            assertThat(FileSystemTypes.OF_KERNEL.typeOf(directory)).isEqualTo(mounted.replaceAll("ext[23]", "ext4"));
        }
    }

    @Test
    void directoryThatIsNotThereHasNoType() {
        assertThatThrownBy(() -> FileSystemTypes.OF_KERNEL.typeOf(parent.resolve("none")))
            .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @EnumSource(LeaseKind.class)
    void joiningOnAnotherFileSystemIsRefusedAndLeavesNothing(LeaseKind kind) throws Exception {
        Path directory = Files.createDirectory(parent.resolve("domain"));
        String[] mount = Unshare.mounts("mount -t ramfs -o mode=0700 none '" + directory + "'");
        try (Peer peer = Peer.ready(directory, kind, mount)) {
            assertThat(peer.ask("join")).isEqualTo("UnsuitableFileSystemException");
            assertThat(peer.ask("list")).isEqualTo("[]");
        }
    }
}
