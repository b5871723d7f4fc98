/** The icons that no first screen shows. Whoever shows one of them brings them along. */
import { PATHS } from "./Icon.tsx";

export const MORE = {
  back: "M15 5l-7 7 7 7",
  differs: "M6 9h12M6 15h12M16 5L8 19",
  reply: "M10 7L5 12l5 5M5 12h9a5 5 0 0 1 5 5v1",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  send: "M4 12l16-8-6 16-3-6.5z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  seal: "M12 3l7 3v6c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM8.5 12l2.5 2.5 4.5-5",
  pause: "M8 5v14M16 5v14",
  play: "M7 5l12 7-12 7z",
  picture: "M4 5h16v14H4zM8.5 11a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM4 17l5-5 4 4 3-3 4 4",
  undo: "M8 7L4 11l4 4M4 11h10a5 5 0 0 1 0 10h-3",
  flag: "M6 21V4M6 5h11l-2.5 4L17 13H6",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  print: "M7 9V4h10v5M7 17H4v-6h16v6h-3M7 14h10v6H7z",
} as const;

Object.assign(PATHS, MORE);
