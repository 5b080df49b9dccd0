// map: a unit's skills with what rests on what, as one learner sees it or with how many of a class have each secure.
import type { MapSkill, TaughtMap } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, refresh } from '../lib/page.ts'
import { rich, t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { SkillMap } from '../ui/SkillMap.tsx'
import { previewOf } from './previews.ts'

function Map({ view }: { view: TaughtMap }) {
  const { unit, map, learner } = view
  const href = (s: MapSkill) => (learner ? `/learner/${learner}?unit=${unit!.id}&skill=${s.id}#evidence` : previewOf(unit!.class, 'skill', s.id))
  return (
    <Shell width="wide">
      <div class="row apart">
        <div>
          <h1>{learner ? rich('map.of', { name: <bdi>{view.full}</bdi> }) : rich('map.of', { name: <bdi data-own>{view.class?.name ?? ''}</bdi> })}</h1>
          {unit && view.units.length < 2 && <p class="quiet" data-own>{unit.title}</p>}
        </div>
        <div class="row near noprint">
          {view.units.length > 1 && <Choice view={view} />}
          <LinkButton icon="back" href={learner ? `/learner/${learner}${unit ? `?unit=${unit.id}` : ''}#skills` : `/class/${view.class?.id}/units`}>{learner ? rich('map.back.learner', { name: <bdi>{view.name}</bdi> }) : t('map.back.units')}</LinkButton>
        </div>
      </div>
      {map && map.skills.length > 0
        ? <SkillMap map={map} of={learner ? undefined : view.of} href={href}>{(s) => <div class="row"><LinkButton href={href(s)} after="next">{t(learner ? 'map.evidence' : 'map.look')}</LinkButton></div>}</SkillMap>
        : <EmptyState icon="map" title={t('map.none')} />}
    </Shell>
  )
}

function Choice({ view }: { view: TaughtMap }) {
  return (
    <label class="field map-unit"><span class="hear">{t('map.unit')}</span>
      <select class="input" value={view.unit!.id} onChange={(e) => { location.assign(`?unit=${e.currentTarget.value}`) }}>
        {view.units.map((u) => <option key={u.id} value={u.id} data-own>{u.title}{view.learner ? ` (${u.name})` : ''}</option>)}
      </select>
    </label>
  )
}

mount(Map)
live((change) => { if (change) refresh() })
