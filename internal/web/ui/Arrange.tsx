import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { drag } from '../lib/drag.ts'
import { spoken } from '../lib/spoken.ts'
import { t } from '../lib/words.ts'
import type { AnswerProps } from './Answer.tsx'
import { Button } from './Button.tsx'
import { Drawn, type El } from './Drawn.tsx'
import { Icon } from './Icon.tsx'

// A thing goes to its place in three ways: dragged (by its grip on a phone, where a finger elsewhere scrolls), tapped and then its
// place tapped, or moved by the arrow keys. Things are named by the place at which the school showed them, so nothing here
// knows what is right.

/** moved takes what stands at one place of an order to another. */
export function moved(order: number[], from: number, to: number): number[] {
  const out = [...order]
  out.splice(to, 0, ...out.splice(from, 1))
  return out
}

/** placed puts a thing into a group, or nowhere (-1). Where a group takes one thing alone, what was there goes where this came from. */
export function placed(all: number[], thing: number, group: number, alone: boolean): number[] {
  const was = all[thing]!
  const there = alone && group >= 0 ? all.indexOf(group) : -1
  return all.map((g, i) => (i === thing ? group : i === there ? was : g))
}

/** useGround listens for moves inside the element of its ref, says them, and puts the keyboard back on what was moved. */
function useGround(on: { move: (thing: string, place: string) => void; pick: (thing: string) => void }, fixed?: boolean) {
  const at = useRef<HTMLDivElement>(null)
  const latest = useRef(on)
  latest.current = on
  const [said, say] = useState('')
  useEffect(() => (at.current && !fixed ? drag(at.current, { move: (a, b) => latest.current.move(a, b), pick: (a) => latest.current.pick(a) }) : undefined), [fixed])
  const find = (thing: string) => at.current?.querySelector<HTMLElement>(`[data-drag="${thing}"]`)
  return {
    at, said, say,
    // The places of what is in hand may stand below a phone's window.
    show: () => { const el = at.current; if (el && el.offsetHeight < innerHeight * 0.8) el.scrollIntoView({ block: 'nearest' }) },
    refocus: (thing: string) => setTimeout(() => find(thing)?.focus(), 0),
  }
}

/** Thing is what is moved: a button, so that a tap, Enter and a screen reader pick it up. */
function Thing(p: { id: number; text: El[]; on: boolean; fixed?: boolean; by: string; place?: string; onKey: (e: KeyboardEvent) => void }) {
  if (p.fixed) return <span class="thing"><Drawn of={p.text} inline /></span>
  return (
    <button type="button" class={p.on ? 'thing on' : 'thing'} data-drag={p.id} aria-pressed={p.on} aria-describedby={p.by} onKeyDown={p.onKey}>
      <span class="words" aria-hidden="true"><Drawn of={p.text} inline /></span>
      <span class="hear" data-own>{spoken(p.text)}</span>{p.place && <span class="hear">{p.place}</span>}
      <span class="grip"><Icon name="grip" /></span>
    </button>
  )
}

/** Order puts things in order. Nothing is given until something was moved, or said to be in order as it stands. */
export function Order(p: AnswerProps) {
  const how = useId()
  const options = p.options ?? []
  const order = p.value.chosen.length > 0 ? p.value.chosen : options.map((o) => o.i)
  const [hand, take] = useState<number | null>(null)
  const name = (thing: number) => spoken(options.find((o) => o.i === thing)?.text)
  const put = (from: number, to: number) => {
    take(null)
    if (from < 0 || to < 0 || to >= order.length) return
    const thing = order[from]!
    if (from !== to) p.onInput({ ...p.value, chosen: moved(order, from, to) })
    ground.say(t('ui.arrange.at', { what: name(thing), n: to + 1, of: order.length }))
    ground.refocus(String(thing))
  }
  const ground = useGround({
    move: (thing, place) => put(order.indexOf(Number(thing)), Number(place)),
    pick: (thing) => {
      const id = Number(thing)
      if (hand !== null && hand !== id) { put(order.indexOf(hand), order.indexOf(id)); return }
      take(hand === id ? null : id)
      ground.say(hand === id ? '' : t('ui.arrange.picked', { what: name(id) }))
    },
  }, p.fixed)
  const key = (at: number) => (e: KeyboardEvent) => {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: order.length - 1 }[e.key]
    if (e.key === 'Escape') take(null)
    if (to === undefined) return
    e.preventDefault()
    put(at, to)
  }
  return (
    <fieldset class="answer arrange" aria-describedby={p.by}>
      <legend>{t('ui.arrange.order')}</legend>
      {!p.fixed && <p id={how} class="small quiet">{t('ui.arrange.order.how')}</p>}
      <div ref={ground.at}>
        <ol class={hand === null ? 'inorder' : 'inorder picking'}>
          {order.map((id, at) => (
            <li key={id} data-drop={at}>
              <span class="place" aria-hidden="true">{at + 1}</span>
              <Thing id={id} text={options.find((o) => o.i === id)?.text ?? []} on={hand === id} fixed={p.fixed} by={how} place={t('ui.arrange.place', { n: at + 1, of: order.length })} onKey={key(at)} />
            </li>
          ))}
        </ol>
      </div>
      {!p.fixed && p.value.chosen.length === 0 && <div><Button small kind="plain" onClick={() => p.onInput({ ...p.value, chosen: order })}>{t('ui.arrange.asis')}</Button></div>}
      <p class="hear" role="status">{ground.said}</p>
    </fieldset>
  )
}

/** tray is the place of what is not placed yet. */
const tray = -1

/** Groups puts things into groups, or one to each prompt. */
export function Groups(p: AnswerProps) {
  const how = useId()
  const options = p.options ?? [], groups = p.groups ?? []
  const alone = p.kind === 'matching'
  const all = p.value.placed?.length === options.length ? p.value.placed : options.map(() => tray)
  const [hand, take] = useState<{ thing?: number; group?: number }>({})
  const inside = (group: number) => options.filter((o) => all[o.i] === group)
  const groupName = (group: number) => spoken(groups[group])
  const name = (thing: number) => spoken(options.find((o) => o.i === thing)?.text)
  const put = (thing: number, group: number) => {
    take({})
    const what = name(thing)
    if (all[thing] !== group) p.onInput({ ...p.value, placed: placed(all, thing, group, alone) })
    ground.say(group === tray ? t('ui.arrange.out', { what }) : t('ui.arrange.in', { what, group: groupName(group) }))
    ground.refocus(String(thing))
  }
  const ground = useGround({
    move: (thing, place) => put(Number(thing), Number(place)),
    pick: (thing) => {
      const id = Number(thing)
      if (hand.group !== undefined) { put(id, hand.group); return }
      // With one thing in hand, another in a group means that group.
      if (hand.thing !== undefined && hand.thing !== id && all[id] !== tray) { put(hand.thing, all[id]!); return }
      take(hand.thing === id ? {} : { thing: id })
      ground.show()
      ground.say(hand.thing === id ? '' : t('ui.arrange.picked', { what: name(id) }))
    },
  }, p.fixed)
  const key = (thing: number) => (e: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key]
    if (e.key === 'Escape') take({})
    if (e.key === 'Delete' || e.key === 'Backspace') { e.preventDefault(); put(thing, tray) }
    if (by === undefined) return
    e.preventDefault()
    put(thing, Math.min(Math.max(all[thing]! + by, tray), groups.length - 1))
  }
  const here = (group: number) => {
    if (hand.thing !== undefined) put(hand.thing, group)
    else { take(hand.group === group ? {} : { group }); ground.say(t('ui.arrange.aimed', { group: groupName(group) })) }
  }
  const things = (group: number) => inside(group).map((o) => <li key={o.i}><Thing id={o.i} text={o.text} on={hand.thing === o.i} fixed={p.fixed} by={how} onKey={key(o.i)} /></li>)
  const left = inside(tray)
  const filled = groups.every((_, g) => inside(g).length > 0)
  return (
    <fieldset class="answer arrange" aria-describedby={p.by}>
      <legend>{t(alone ? 'ui.arrange.match' : 'ui.arrange.sort')}</legend>
      {!p.fixed && <p id={how} class="small quiet">{t('ui.arrange.how')}</p>}
      <div ref={ground.at} class={hand.thing === undefined ? 'places' : 'places picking'}>
        {(!p.fixed || left.length > 0) && (
          <div class="tray" data-drop={tray} role="group" aria-label={t('ui.arrange.tray')}>
            {left.length > 0 && <p class="eyebrow">{t(alone && filled ? 'ui.arrange.spare' : 'ui.arrange.tray')}</p>}
            {left.length > 0 ? <ul>{things(tray)}</ul> : <p class="small quiet">{t('ui.arrange.all')}</p>}
            {hand.thing !== undefined && all[hand.thing] !== tray && <Button small icon="back" onClick={() => put(hand.thing!, tray)}>{t('ui.arrange.back')}</Button>}
          </div>
        )}
        {groups.map((text, g) => {
          const got = inside(g)
          const offer = t(hand.thing !== undefined ? 'ui.arrange.here' : got.length > 0 ? 'ui.arrange.add' : 'ui.arrange.empty')
          return (
            <div key={g} class={alone ? 'prompt' : 'group'} data-drop={g} role="group" aria-labelledby={`${how}-${g}`}>
              <div id={`${how}-${g}`} class="head"><Drawn of={text} inline /></div>
              {got.length > 0 && <ul>{things(g)}</ul>}
              {!p.fixed && (got.length === 0 || !alone && (left.length > 0 || hand.thing !== undefined)) && (
                <button type="button" class={hand.group === g ? 'slot on' : 'slot'} aria-pressed={hand.group === g} onClick={() => here(g)}>
                  {offer} <span class="hear" data-own>{groupName(g)}</span>
                </button>
              )}
            </div>
          )
        })}
      </div>
      <p class="hear" role="status">{ground.said}</p>
    </fieldset>
  )
}
