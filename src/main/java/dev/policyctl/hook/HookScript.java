package dev.policyctl.hook;

import java.util.List;

/**
 * The script through which a host calls this program. It refuses where the program says so and in
 * no other case: not where Java is gone, where the machine has no memory left for it, or where it
 * does not end.
 *
 * @param hook what it calls: {@code libvirt}, {@code lxc}, {@code proxmox}
 * @param argument the number of the argument that tells whether there is anything to judge; 0 for
 *     none
 * @param judged the values of that argument for which there is
 */
record HookScript(String hook, int argument, List<String> judged) {
  /** No failing program of the way ends with it; 1 is also that of a JVM that cannot start. */
  private static final int REFUSED = 93;

  /** Longer than the program gives itself, for one that cannot keep its word. */
  private static final int SECONDS = 20;

  /**
   * @param program path of this program on the host
   */
  String text(String program) {
    return """
        #!/bin/sh
        %s
        # To turn it off: `policyctl hook remove %s`, or at once, for all guests: `touch %s`.
        %s[ ! -e %s ] || exit 0
        program=%s
        if [ ! -x "$program" ]; then
          echo "policyctl: $program is gone: the guest starts unjudged" >&2
          exit 0
        fi
        out=$(timeout -k 2 %d "$program" hook %s --refuse-with %d "$@")
        case $? in
          0) [ -z "$out" ] || printf '%%s\\n' "$out" ;;
          %d) exit 1 ;;
          *) echo "policyctl: the hook failed: the guest starts unjudged" >&2 ;;
        esac
        exit 0
        """
        .formatted(
            HookFile.mark(hook),
            hook,
            Hook.SWITCH,
            selection(),
            Hook.SWITCH,
            quoted(program),
            SECONDS,
            hook,
            REFUSED,
            REFUSED);
  }

  private String selection() {
    return argument == 0
        ? ""
        : "case ${" + argument + "-} in " + String.join("|", judged) + ") ;; *) exit 0 ;; esac\n";
  }

  private static String quoted(String path) {
    return "'" + path.replace("'", "'\\''") + "'";
  }
}
