package org.rayshell.cluster.state;

/**
 * A driver of a cluster.
 *
 * @param id 4 bytes in hex digits; empty for a job that was submitted and has no driver yet
 * @param status {@code PENDING}, {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED}, {@code
 *     STOPPED}
 * @param driverIp of the driver's node, or empty
 * @param driverPid of its process there, or 0
 * @param startMs when it began, in ms since 1970, or 0
 * @param endMs when it ended, or 0
 */
public record ClusterJob(
    String id, String status, String driverIp, long driverPid, long startMs, long endMs) {

  static ClusterJob of(Json json) {
    Json driver = json.object("driver_info");
    return new ClusterJob(
        json.text("job_id"),
        json.text("status"),
        driver.text("node_ip_address"),
        driver.number("pid"),
        json.number("start_time"),
        json.number("end_time"));
  }
}
