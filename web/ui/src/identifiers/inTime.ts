/** On a bad line what looks texts over may take long to come: nothing that is sent waits longer for it, in ms. */
const WAIT_MS = 2_000;

/** What `coming` comes to, or nothing where that takes too long. */
export function inTime<T>(coming: Promise<T>): Promise<T | undefined> {
  let stop = () => {};
  const late = new Promise<undefined>((give) => {
    const timer = setTimeout(give, WAIT_MS, undefined);
    stop = () => clearTimeout(timer);
  });
  return Promise.race([coming, late]).finally(stop);
}
