/** What an age band tells of the patient's age: the twin of realtime/rooms/triage/ages.py. */

/** Whether nobody in `band` has reached `years`. Of what is not said nothing is told. */
export function under(band: string, years: number): boolean {
  if (/month|day/.test(band)) return true;
  const numbers = (band.match(/[0-9]+/g) ?? []).map(Number);
  return numbers.length > 0 && !band.endsWith("+") && Math.max(...numbers) < years;
}
