package dev.policyctl.diagnose;

import dev.policyctl.source.Location;

/**
 * One line of a log.
 *
 * @param path the log's name
 * @param number from 1
 * @param text without blanks around it: indentation may have been eaten on the way
 */
record Line(String path, int number, String text) {
  Location at() {
    return new Location(path, number, 1, number, 1);
  }
}
