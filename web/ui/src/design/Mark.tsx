/** The mark of Curbside, drawn here: as a file it would be asked for while a room is on its way. */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b6a62" />
      <path d="M22.5 20.6a8 8 0 1 1 0-9.2" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round" />
      <circle cx="16" cy="16" r="2.6" fill="#fff" />
    </svg>
  );
}
