// items: how the questions of a unit do with many learners, for whoever writes them. It names no learner.
import type { ItemDid, ItemFinding, ItemsPage } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { Drawn } from '../ui/Drawn.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { authorOf, bringOf, previewOf } from './previews.ts'

/** icons are those of the findings, the gravest first. */
const icons: Record<ItemFinding['kind'], IconName> = {
  backwards: 'key', accepted: 'key', hardly: 'key', below: 'key', above: 'look', drifted: 'rewind', hard: 'info', trap: 'info', unnamed: 'look', tells: 'info', easy: 'check', slow: 'clock',
}

const gravity = (of: ItemDid) => Object.keys(icons).indexOf(of.findings[0]?.kind ?? '')

/** sorted puts what is to be looked at apart from what does well and from what too few have met. */
export function sorted(view: Pick<ItemsPage, 'skills' | 'least'>) {
  const all = view.skills.flatMap((s) => s.items.map((of) => ({ of, skill: s.skill })))
  return {
    look: all.filter((i) => i.of.findings.length > 0).sort((a, b) => gravity(a.of) - gravity(b.of)),
    well: all.filter((i) => i.of.findings.length === 0 && i.of.learners >= view.least),
    few: all.filter((i) => i.of.findings.length === 0 && i.of.learners < view.least),
  }
}

type Placed = ReturnType<typeof sorted>['look'][number]

function Items({ view }: { view: ItemsPage }) {
  const { look, well, few } = sorted(view)
  return (
    <Shell width="wide">
      <div>
        <p class="eyebrow"><a class="items-link" href={`/class/${view.class.id}/units`}>{rich('items.back', { class: <bdi data-own>{view.class.name}</bdi> })}</a></p>
        <h1>{t('items.title')} <span class="quiet" data-own>{view.title}</span></h1>
        <p class="quiet">{t('items.what', { n: view.least })}</p>
        <div class="row near"><LinkButton small kind="plain" icon="down" href={bringOf(view.class.id, { unit: location.pathname.split('/').at(-1) ?? '' })}>{t('items.bring')}</LinkButton></div>
      </div>
      {look.length + well.length + few.length === 0 && <EmptyState icon="info" title={t('items.none')} />}
      {look.length + well.length > 0 && (
        <section class="stack">
          <h2>{t('items.look', { n: look.length })}</h2>
          {look.length === 0 && <p class="quiet">{t('items.look.none')}</p>}
          {look.map((i) => <Looked key={i.of.item} view={view} at={i} />)}
        </section>
      )}
      <Folded view={view} title={t('items.well', { n: well.length })} of={well} />
      <Folded view={view} title={t('items.few', { n: few.length, least: view.least })} of={few} />
    </Shell>
  )
}

/** Looked is an item with something to look at: what it is, then what to do. */
function Looked({ view, at }: { view: ItemsPage; at: Placed }) {
  const { of, skill } = at
  return (
    <article class="card items-one">
      <p class="eyebrow" data-own>{skill.title}</p>
      <div class="items-text" data-own><Drawn of={of.text} /></div>
      <Figures of={of} />
      <ul class="items-finds">
        {of.findings.map((f) => (
          <li key={f.kind}>
            <Icon name={icons[f.kind]} />
            <div><b>{t(`items.find.${f.kind}`, { n: of.right, of: of.learners, was: f.was ?? 0, before: f.of ?? 0, s: of.median_s, ruled: of.accepted, expected: of.expected ?? 0, came: of.came ?? 0 })}</b><p class="quiet">{t(`items.do.${f.kind}`)}</p></div>
          </li>
        ))}
      </ul>
      {of.mistakes.length > 0 && <Mistakes of={of} />}
      <p class="small row"><a class="items-link" href={authorOf(view.class.id, skill.id, of.item)}>{t('items.change')}</a><a class="items-link" href={previewOf(view.class.id, 'skill', skill.id)}>{t('items.see')}</a></p>
    </article>
  )
}

function Mistakes({ of }: { of: ItemDid }) {
  return (
    <details class="why">
      <summary><Icon name="open" />{t('items.mistakes')}</summary>
      <ul class="because items-mistakes">
        {of.mistakes.map((m, i) => <li key={i}><span data-own><Drawn of={m.answer} inline /></span><span class="quiet">{t('items.mistake', { n: m.n })}</span></li>)}
        {of.unnamed > 0 && <li><span>{t('items.other')}</span><span class="quiet">{t('items.mistake', { n: of.unnamed })}</span></li>}
      </ul>
    </details>
  )
}

function Figures({ of }: { of: ItemDid }) {
  if (of.learners + of.waiting === 0) return <p class="small quiet">{t('items.nobody')}</p>
  return (
    <p class="small quiet items-figures">
      <span>{t('items.right', { n: of.right, of: of.learners })}</span>
      {of.looked > 0 && <span>{t('items.looked', { n: of.looked })}</span>}
      {of.waiting > 0 && <span>{t('items.waiting', { n: of.waiting })}</span>}
      {of.helped > 0 && <span>{t('items.helped', { n: of.helped })}</span>}
      {of.unlearned > 0 && <span>{t('items.unlearned', { n: of.unlearned })}</span>}
      {of.median_s > 0 && <span>{t('items.median', { s: of.median_s })}</span>}
    </p>
  )
}

function Folded({ view, title, of }: { view: ItemsPage; title: string; of: Placed[] }) {
  if (of.length === 0) return null
  return (
    <details class="card items-folded">
      <summary><h2>{title}</h2><Icon name="open" /></summary>
      <ul>
        {of.map((i) => (
          <li key={i.of.item}>
            <div class="items-text" data-own><Drawn of={i.of.text} /></div>
            <p class="small quiet"><a class="items-link" href={previewOf(view.class.id, 'skill', i.skill.id)}><span data-own>{i.skill.title}</span></a></p>
            <Figures of={i.of} />
          </li>
        ))}
      </ul>
    </details>
  )
}

mount(Items)
