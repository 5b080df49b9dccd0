// prerequisites: what the skills of a unit need of each other. A teacher changes it, a line at a time; answers propose, with the learners that were counted.
import { useState } from 'preact/hooks'
import { useActing } from '../lib/acting.ts'
import { type PrerequisitesPage, type ProposedNeed, type SkillNeeds, paths } from '../lib/api.gen.ts'
import { mount } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState, ErrorBox, toast } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { NeedsMap } from './NeedsMap.tsx'

/** offers are the skills that a skill could be said to need: those of the unit that it does not need yet, itself left out. */
export function offers(skills: SkillNeeds[], of: SkillNeeds): SkillNeeds[] {
  return skills.filter((s) => s.id !== of.id && !of.needs.some((n) => n.id === s.id))
}

type Change = (from: string, to: string, needs: boolean, said: string) => Promise<boolean>

function Prerequisites({ view }: { view: PrerequisitesPage }) {
  const acting = useActing()
  const change: Change = async (from, to, needs, said) => {
    const ok = Boolean(await acting.run(paths.change_prerequisite, { class: view.class.id, unit: view.unit, version: view.version, from, to, needs }))
    if (ok) toast(said)
    return ok
  }
  const named = (id: string) => view.skills.find((s) => s.id === id)?.title ?? ''
  return (
    <Shell width="wide">
      <div>
        <p class="eyebrow"><a class="needs-link" href={`/class/${view.class.id}/units`}>{rich('prerequisites.back', { class: <bdi data-own>{view.class.name}</bdi> })}</a></p>
        <h1>{t('prerequisites.title')} <span class="quiet" data-own>{view.title}</span></h1>
        <p class="quiet measure">{t('prerequisites.what')}</p>
      </div>
      {acting.problem && <ErrorBox problem={acting.problem} />}
      {view.skills.length === 0 && <EmptyState icon="skills" title={t('prerequisites.none')} />}
      {view.proposed.length > 0 && <Card title={t('prerequisites.proposed')}><ul class="needs-proposed">{view.proposed.map((p) => <Proposed key={`${p.from} ${p.to}`} of={p} busy={acting.busy} change={change} />)}</ul></Card>}
      {view.skills.length > 0 && view.proposed.length === 0 && <p class="quiet measure"><Icon name="info" /> {t('prerequisites.proposed.none')}</p>}
      {view.skills.length > 1 && <NeedsMap view={view} put={(from, to) => void change(from, to, true, t('prerequisites.added', { from: named(from), to: named(to) }))} />}
      <ol class="needs-skills">{view.skills.map((s) => <Skill key={s.id} of={s} all={view.skills} busy={acting.busy} change={change} />)}</ol>
    </Shell>
  )
}

/** Proposed is what answers speak for or against, with the counts, and one thing to do about it. */
function Proposed({ of: p, busy, change }: { of: ProposedNeed; busy: boolean; change: Change }) {
  const from = <b data-own>{p.from_title}</b>, to = <b data-own>{p.to_title}</b>
  const titles = { from: p.from_title, to: p.to_title }
  const add = p.kind === 'add'
  return (
    <li>
      <div class="needs-why">
        <p>{rich(add ? 'prerequisites.add' : 'prerequisites.doubt', { from, to })}</p>
        <p class="small quiet">{t('prerequisites.counts', { from: p.from_title, with: p.with, with_to: p.with_to, without: p.without, without_to: p.without_to })}</p>
      </div>
      <Button small busy={busy} icon={add ? 'add' : 'close'} label={t(add ? 'prerequisites.add.of' : 'prerequisites.out.of', titles)} onClick={() => void change(p.from, p.to, add, t(add ? 'prerequisites.added' : 'prerequisites.taken', titles))}>
        {t(add ? 'prerequisites.add.do' : 'prerequisites.out.do')}
      </Button>
    </li>
  )
}

/** Skill is one skill with what it needs, each to be taken out, and one more to be put in. */
function Skill({ of, all, busy, change }: { of: SkillNeeds; all: SkillNeeds[]; busy: boolean; change: Change }) {
  const [chosen, choose] = useState('')
  const put = async () => {
    const title = all.find((s) => s.id === chosen)?.title ?? ''
    if (await change(chosen, of.id, true, t('prerequisites.added', { from: title, to: of.title }))) choose('')
  }
  return (
    <li class="card needs-skill">
      <h2 data-own>{of.title}</h2>
      {of.needs.length === 0
        ? <p class="small quiet">{t('prerequisites.first')}</p>
        : (
          <ul class="needs-list" aria-label={t('prerequisites.of', { skill: of.title })}>
            {of.needs.map((n) => (
              <li key={n.id}>
                <span data-own>{n.title}</span>
                <Button small kind="plain" class="square" icon="close" busy={busy} label={t('prerequisites.out.of', { from: n.title, to: of.title })} onClick={() => void change(n.id, of.id, false, t('prerequisites.taken', { from: n.title, to: of.title }))}>{null}</Button>
              </li>
            ))}
          </ul>
        )}
      <form class="needs-put" onSubmit={(e) => { e.preventDefault(); if (chosen && !busy) void put() }}>
        <select class="input" aria-label={t('prerequisites.more.of', { skill: of.title })} value={chosen} onChange={(e) => choose(e.currentTarget.value)}>
          <option value="">{t('prerequisites.more')}</option>
          {offers(all, of).map((s) => <option key={s.id} value={s.id} data-own>{s.title}</option>)}
        </select>
        {chosen && <Button small type="submit" busy={busy}>{t('prerequisites.add.do')}</Button>}
      </form>
    </li>
  )
}

mount(Prerequisites)
