package org.rayshell.cluster.state;

/**
 * One try of a task. Text that Ray does not know is empty. Its end is told by its owner, its begin
 * and its process by its worker: which may come later, and never if the worker died at once.
 *
 * @param id 24 bytes in hex digits, the last four of which are the job's
 * @param attempt 0 for the first try
 * @param name what was given, or the function's
 * @param function its class and method
 * @param state such as {@code PENDING_NODE_ASSIGNMENT}, {@code RUNNING}, {@code FINISHED}, {@code
 *     FAILED}
 * @param jobId of the driver whose task it is
 * @param nodeId where it runs or ran
 * @param workerPid of the process on that node, or 0
 * @param createdMs when it was submitted, in ms since 1970
 * @param startMs when it began, or 0
 * @param endMs when it ended, or 0
 * @param errorType such as {@code TASK_EXECUTION_EXCEPTION}, {@code WORKER_DIED}
 * @param errorMessage what Ray kept of the failure
 */
public record ClusterTask(
    String id,
    int attempt,
    String name,
    String function,
    String state,
    String jobId,
    String nodeId,
    long workerPid,
    long createdMs,
    long startMs,
    long endMs,
    String errorType,
    String errorMessage) {

  static ClusterTask of(Json json) {
    return new ClusterTask(
        json.text("task_id"),
        (int) json.number("attempt_number"),
        json.text("name"),
        json.text("func_or_class_name"),
        json.text("state"),
        json.text("job_id"),
        json.text("node_id"),
        json.number("worker_pid"),
        json.number("creation_time_ms"),
        json.number("start_time_ms"),
        json.number("end_time_ms"),
        json.text("error_type"),
        json.text("error_message"));
  }
}
