package dev.policyctl.admission;

/** Whether {@link HttpApi} answers. */
public record HttpApiSwitch(boolean value) {}
