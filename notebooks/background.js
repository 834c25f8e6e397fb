/**
 * Work off the main thread, for `Generators.observe`: null at first, then every result of the task as it comes.
 * When the value is no longer wanted, the work is stopped.
 *
 * @param {string} task - one of worker.js
 * @param {unknown} input - what it is given
 */
export function inBackground(task, input) {
  return (notify) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => notify(data);
    worker.postMessage({ task, input });
    notify(null);
    return () => worker.terminate();
  };
}
