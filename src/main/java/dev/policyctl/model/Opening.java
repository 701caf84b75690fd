package dev.policyctl.model;

/**
 * How a volume is opened on its host.
 *
 * @param opener {@code hypervisor}, {@code loop} or {@code process}
 * @param direct the opener is given O_DIRECT; false where nothing is opened
 * @param possible the definition cannot rule out that processes of the guest open it with O_DIRECT
 * @param aioAccepted the hypervisor starts the guest with the declared {@code aio}
 */
public record Opening(
    Fact<String> opener, Fact<Boolean> direct, boolean possible, Fact<Boolean> aioAccepted) {}
