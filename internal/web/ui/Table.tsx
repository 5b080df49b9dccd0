import type { ComponentChildren } from 'preact'

/** Table is a plain table in a box of its own that scrolls sideways by itself; caption names it. rows hold cells in order,
 * the first is the row's header. num lists the columns (from 0) that hold numbers. */
export function Table(p: { caption: string; hideCaption?: boolean; head: ComponentChildren[]; rows: { key: string; cells: ComponentChildren[] }[]; num?: number[]; dense?: boolean }) {
  const cls = (i: number) => (p.num?.includes(i) ? 'num' : undefined)
  return (
    // A box that scrolls must be reachable by keyboard, and so needs a name.
    <div class={p.dense ? 'tablebox dense' : 'tablebox'} role="region" aria-label={p.caption} tabindex={0}>
      <table class="table stickyfirst">
        <caption class={p.hideCaption ? 'hear' : undefined}>{p.caption}</caption>
        <thead><tr>{p.head.map((c, i) => <th key={i} scope="col" class={cls(i)}>{c}</th>)}</tr></thead>
        <tbody>
          {p.rows.map((row) => (
            <tr key={row.key}>{row.cells.map((c, i) => (i === 0 ? <th key={i} scope="row">{c}</th> : <td key={i} class={cls(i)}>{c}</td>))}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
