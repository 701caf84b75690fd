package dev.policyctl.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelThresholdsTest {

  @ParameterizedTest
  @CsvSource({
    // release, T1, T2, T3, tmpfs
    "5.15.0-91-generic, false, false, false, false",
    "6.1.0-38-amd64, false, false, false, false",
    "6.1.192, false, false, false, false",
    "6.5.99, false, false, false, false",
    "6.6, false, false, false, true",
    "6.6-rc1, false, false, false, false",
    "6.6.129, false, false, false, true",
    "6.6.130, true, false, false, true",
    "6.7.200, false, false, false, true",
    "6.8.12-4-pve, false, false, false, true",
    "6.8.0-60-generic, false, false, false, true",
    "6.12.0-55.el10, false, false, false, true",
    "6.12.43+deb13-amd64, false, false, false, true",
    "6.12.74, false, false, false, true",
    "6.12.75, false, true, false, true",
    "6.12.76, false, true, false, true",
    "6.12.77-rc1, false, true, false, true",
    "6.12.77, true, true, false, true",
    "6.12.80-1.amzn2023, true, true, false, true",
    "6.13.12, false, false, false, true",
    "6.14.11, false, false, false, true",
    "6.15-rc3, false, false, false, true",
    "6.15.0-0.rc3.29.fc43.x86_64, false, false, false, true",
    "6.15, true, false, false, true",
    "6.15.0, true, false, false, true",
    "6.16-rc1, true, false, false, true",
    "6.17.2-1-pve, true, false, false, true",
    "6.17.0-8-generic, true, false, false, true",
    "6.18.15, true, false, false, true",
    "6.18.16, true, true, false, true",
    "6.19.5, true, false, false, true",
    "6.19.6, true, true, false, true",
    "7.0-rc1, true, false, false, true",
    "7.0, true, true, false, true",
    "7.2.13, true, true, false, true",
    "7.3-rc1, true, true, false, true",
    "7.3, true, true, true, true",
    "7.3.4, true, true, true, true",
    "10.1, true, true, true, true",
  })
  void leadingNumbersDecide(String release, boolean t1, boolean t2, boolean t3, boolean tmpfs) {
    KernelRelease kernel = KernelRelease.parse(release).orElseThrow();
    assertEquals(t1, KernelThresholds.BTRFS_BUFFERS_CHECKSUMMED.isReachedBy(kernel), "T1");
    assertEquals(t2, KernelThresholds.BTRFS_BUFFERS_REDUNDANT.isReachedBy(kernel), "T2");
    assertEquals(t3, KernelThresholds.BTRFS_BOUNCES.isReachedBy(kernel), "T3");
    assertEquals(tmpfs, KernelThresholds.TMPFS_ACCEPTS_DIRECT.isReachedBy(kernel), "tmpfs");
  }

  @ParameterizedTest
  @CsvSource({
    "6.12.43, false, false",
    "6.15-rc3, true, false",
    "6.15.0-rc3+, true, false",
    "6.8.12-4-pve, false, true",
    "6.1.0-arch1-1, false, true",
  })
  void tellsCandidatesAndVendors(String release, boolean candidate, boolean vendor) {
    KernelRelease kernel = KernelRelease.parse(release).orElseThrow();
    assertEquals(candidate, kernel.candidate());
    assertEquals(vendor, kernel.vendor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "6.", "linux", "v6.1", "-6.1", "99999999999.1"})
  void whatDoesNotBeginWithTwoNumbersIsNoRelease(String text) {
    assertEquals(Optional.empty(), KernelRelease.parse(text));
  }
}
