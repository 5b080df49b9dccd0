// map: a learner's skills with what rests on what. The list page says the same without a picture.
import type { MapPage } from '../lib/api.gen.ts'
import { live } from '../lib/live.ts'
import { mount, reload } from '../lib/page.ts'
import { t } from '../lib/words.ts'
import { LinkButton } from '../ui/Button.tsx'
import { EmptyState } from '../ui/Says.tsx'
import { Shell } from '../ui/Shell.tsx'
import { SkillMap } from '../ui/SkillMap.tsx'

function Map({ view }: { view: MapPage }) {
  return (
    <Shell width="wide">
      <div class="row apart">
        <div><h1>{t('map.heading')}</h1>{view.unit && <p class="quiet" data-own>{view.unit.title}</p>}</div>
        <LinkButton icon="list" href="/skills" class="noprint">{t('map.list')}</LinkButton>
      </div>
      {view.map && view.map.skills.length > 0
        ? <SkillMap map={view.map} href={(s) => `/practice/${s.id}`}>{(s) => <div class="row"><LinkButton kind="primary" href={`/practice/${s.id}`} after="next">{t('map.practice')}</LinkButton></div>}</SkillMap>
        : <EmptyState icon="map" title={t('map.empty')}><LinkButton href="/home">{t('map.home')}</LinkButton></EmptyState>}
    </Shell>
  )
}

mount(Map)
live((change) => { if (change) void reload() })
