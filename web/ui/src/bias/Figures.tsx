import type { ComponentChildren } from "preact";
import "./figures.css";

export interface Row {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly note?: string | undefined;
  readonly cells: readonly string[];
}

interface Props {
  /** What the table is of, for those who hear it. */
  caption: string;
  /** The names of the columns, that of the rows first. */
  head: readonly string[];
  rows: readonly Row[];
}

/** A table of figures. Where it is narrow each row stands by itself, with the names of its columns. */
export function Figures({ caption, head, rows }: Props) {
  const [first, ...columns] = head;
  return (
    <div class="bias-figures">
      <table>
        <caption class="quiet">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <bdi>{row.name}</bdi>
                {row.note && <span class="bias-note">{row.note}</span>}
              </th>
              {row.cells.map((cell, at) => (
                <td key={columns[at]} data-column={columns[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
