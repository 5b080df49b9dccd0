import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { keepFocus } from '../lib/focus.ts'
import { page } from '../lib/page.ts'
import { unclaimed, watch } from '../lib/send.ts'
import { t } from '../lib/words.ts'
import { Icon, type IconName } from './Icon.tsx'
import { Mark } from './Mark.tsx'
import { RaiseHand } from './RaiseHand.tsx'
import { OfflinePill, Refusals, Toasts } from './Says.tsx'
import { useFrame, WhereNow } from './WhereNow.tsx'

let watching = false

/** Late loads the part that tells of late answers once there is one: few pages ever need it. */
function Late() {
  const [Part, setPart] = useState<typeof import('./Arrived.tsx').Arrived | null>(null)
  const entries = unclaimed.value
  useEffect(() => {
    if (entries.length > 0 && !Part) void import('./Arrived.tsx').then((m) => setPart(() => m.Arrived), () => {})
  }, [entries.length > 0])
  return Part && entries.length > 0 ? <Part entries={entries} /> : null
}

/** Shell stands around every page: places at the side (at the bottom on a phone), the hand, what could not be saved, and
 * main. width: narrow for one column of reading or working, wide for a teacher's tables. */
export function Shell({ width, children }: { width?: 'narrow' | 'wide'; children: ComponentChildren }) {
  const { frame, me } = page.value
  useEffect(() => {
    if (!watching) { watching = true; watch(); keepFocus() }
  }, [])
  useFrame()
  return (
    <div class={width ? `shell ${width}` : 'shell'}>
      <a class="skip" href="#main">{t('ui.skip')}</a>
      <header class="top">
        <a class="brandmark" href="/"><Mark /><span data-own>Kith</span></a>
        {frame.tabs.length > 0 && (
          <nav class="tabs" aria-label={t('ui.nav')}>
            <ul>
              {frame.tabs.map((tab) => (
                <li key={tab.name}>
                  <a class="tab" href={tab.href} aria-current={tab.name === frame.here ? 'page' : undefined}>
                    <Icon name={tab.icon as IconName} /><span>{t(`nav.${tab.name}`)}</span>{tab.count ? <span class="count">{tab.count}</span> : null}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="side">
          {frame.hand && <RaiseHand hand={frame.hand} />}
        </div>
      </header>
      <main id="main" tabindex={-1}>
        <OfflinePill />
        <Refusals />
        <Late />
        {me?.role === 'learner' && <WhereNow now={frame.now} />}
        {children}
      </main>
      {me && (
        <footer class="account">
          <p class="who"><Icon name="person" /><span class="hear">{t('ui.me')} </span><bdi>{me.name}</bdi></p>
          {frame.out && <form method="post" action={frame.out}><button type="submit" class="button plain small"><Icon name="out" /><span>{t('ui.out')}</span></button></form>}
        </footer>
      )}
      <Toasts />
    </div>
  )
}
