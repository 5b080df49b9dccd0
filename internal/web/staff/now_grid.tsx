import { useEffect, useRef, useState } from 'preact/hooks'
import type { NowLearner, NowPage } from '../lib/api.gen.ts'
import { now as present } from '../lib/page.ts'
import { rich, say, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Glyph, StatusMark, type StatusName } from '../ui/Status.tsx'
import { doing, type Naming } from './now_words.ts'

/** At is a cell by what it is about, so that it stays the same one when rows come and go. */
interface At { learner: string; skill: string }

/** step is the cell that a key leads to from another; null when the key is none of the grid's. */
export function step(key: string, row: number, col: number, rows: number, cols: number, rtl: boolean): [number, number] | null {
  const clamp = (n: number, most: number) => Math.max(0, Math.min(most - 1, n))
  const ahead = rtl ? -1 : 1
  switch (key) {
    case 'ArrowRight': return [row, clamp(col + ahead, cols)]
    case 'ArrowLeft': return [row, clamp(col - ahead, cols)]
    case 'ArrowDown': return [clamp(row + 1, rows), col]
    case 'ArrowUp': return [clamp(row - 1, rows), col]
    case 'Home': return [row, 0]
    case 'End': return [row, cols - 1]
    case 'PageDown': return [clamp(row + 10, rows), col]
    case 'PageUp': return [clamp(row - 10, rows), col]
  }
  return null
}

const statuses: StatusName[] = ['not_started', 'growing', 'secure', 'another_look']

/** Grid is who is where and how they stand: learners by the unit's skills. One cell is in the tab order; arrows move. */
export function Grid({ view, naming }: { view: NowPage; naming: Naming }) {
  const [at, setAt] = useState<At | null>(null)
  const table = useRef<HTMLTableElement>(null)
  const moved = useRef(false)
  const row = Math.max(0, view.learners.findIndex((l) => l.id === at?.learner))
  const col = Math.max(0, view.skills.findIndex((s) => s.id === at?.skill))
  const name = (l: NowLearner) => naming(l.id, l.name)
  useEffect(() => {
    if (!moved.current) return
    moved.current = false
    table.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus()
  }, [at])
  const onKey = (e: KeyboardEvent) => {
    if (e.key === 'Enter' && at) { location.assign(`/learner/${at.learner}`); return }
    const to = step(e.key, row, col, view.learners.length, view.skills.length, document.documentElement.dir === 'rtl')
    if (!to || e.ctrlKey || e.metaKey || e.altKey) return
    e.preventDefault()
    moved.current = true
    setAt({ learner: view.learners[to[0]]!.id, skill: view.skills[to[1]]!.id })
  }
  const sets = view.skills.some((s) => s.lesson)
  return (
    <section class="now-grid" aria-labelledby="grid">
      <div class="row apart">
        <h2 id="grid">{t(view.state === 'running' ? 'now.grid' : 'now.grid.still')}</h2>
        <div class="legend">{statuses.map((s) => <StatusMark key={s} status={s} />)}{sets && <span class="todays"><span class="mark" />{t('now.grid.lesson')}</span>}</div>
      </div>
      <div class="tablebox dense">
        {/* A table whose cells are moved through by arrow keys is a grid (ARIA APG). */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role */}
        <table ref={table} role="grid" aria-labelledby="grid" onKeyDown={onKey}>
          <thead>
            <tr>
              <th scope="col" class="name">{t('now.grid.name')}</th>
              {view.skills.map((s) => <th key={s.id} scope="col" class={s.lesson ? 'skill lesson' : 'skill'}><bdi title={s.title}>{s.title}</bdi></th>)}
            </tr>
          </thead>
          <tbody>
            {view.learners.map((l, r) => (
              <tr key={l.id}>
                <Who learner={l} view={view} name={name(l)} />
                {l.cells.map((c, k) => {
                  const s = view.skills[k]!
                  const here = l.skill === s.id && isHere(l, view)
                  return (
                    <td
                      key={s.id} tabindex={r === row && k === col ? 0 : -1} class={here ? 'here' : undefined}
                      aria-label={t(here ? 'now.cell.here' : 'now.cell', { name: name(l), skill: s.title, status: t(`ui.status.${c.status}`) })}
                      onFocus={() => { if (at?.learner !== l.id || at.skill !== s.id) setAt({ learner: l.id, skill: s.id }) }}
                      onClick={(e) => e.currentTarget.focus()}
                    >
                      <span class={`cell m${c.shade}`}><Glyph status={c.status} /></span>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Detail view={view} at={at} name={name} />
    </section>
  )
}

function isHere(l: NowLearner, view: NowPage): boolean {
  return l.seen_ms > 0 && present() - l.seen_ms < view.here_ms
}

/** Who is a row's head: the name, and where they are. */
function Who({ learner, view, name }: { learner: NowLearner; view: NowPage; name: string }) {
  const pile = view.piles.find((p) => p.id === learner.pile)
  const asks = view.hands.some((h) => h.learner === learner.id)
  const where = isHere(learner, view) ? doing(learner.page, learner.title) : ''
  return (
    <th scope="row" class="name">
      <span class="line"><bdi>{name}</bdi>{asks && <span class="asks"><Icon name="hand" /><span class="hear">{t('now.asks')}</span></span>}</span>
      {(pile || where) && <span class="where">{[pile && say(pile.where), where].filter(Boolean).map((part, i) => <span key={i}>{i > 0 && ' · '}<bdi>{part}</bdi></span>)}</span>}
    </th>
  )
}

/** Detail says the chosen cell in words, for those who see it; its label says the same. */
function Detail({ view, at, name }: { view: NowPage; at: At | null; name: (l: NowLearner) => string }) {
  const learner = view.learners.find((l) => l.id === at?.learner)
  const k = view.skills.findIndex((s) => s.id === at?.skill)
  const cell = learner?.cells[k]
  if (!learner || !cell) return <p class="detail quiet small">{t('now.grid.tip')}</p>
  return (
    <div class="detail">
      <p aria-hidden="true"><b><bdi>{name(learner)}</bdi></b> <bdi>{view.skills[k]!.title}</bdi> <StatusMark status={cell.status} /></p>
      <LinkButton kind="plain" small href={`/learner/${learner.id}`} after="next">{rich('now.more', { name: <bdi>{name(learner)}</bdi> })}</LinkButton>
    </div>
  )
}
