import { type ComponentChildren } from 'preact'
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks'
import type { Ref } from 'preact'
import { type LessonPage, type LessonVideo, paths } from '../lib/api.gen.ts'
import { now } from '../lib/page.ts'
import { act, send } from '../lib/send.ts'
import { t } from '../lib/words.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { clockOf, due, Viewing } from './viewing.ts'

/** Handle is what the page asks of the player. */
export interface Handle { play(): void; seek(ms: number): void }

interface PlayerProps {
  view: LessonPage
  video: LessonVideo
  /** open are the instants of checks that are not answered yet; marks are all of them. */
  open: { at_ms: number }[]
  marks: number[]
  /** blocked is set while a check waits: the video stands still and keys do nothing. */
  blocked: boolean
  onDue: (atMs: number) => void
  handle: Ref<Handle>
  children?: ComponentChildren
}

/** Film is a video element, with what phones have that cannot show anything but the video on the whole screen. */
type Film = HTMLVideoElement & { webkitDisplayingFullscreen?: boolean; webkitEnterFullscreen?: () => void; webkitExitFullscreen?: () => void }

const speeds = [0.5, 0.75, 1, 1.25, 1.5, 2]
const saveEveryMs = 8000

/** here is where this device stopped when the school could not be told, '' otherwise. */
const place = (lesson: string) => `kith-resume ${lesson}`

/** Player is the lesson's video with controls of our own: speed, ten seconds back, captions, the line with the checks. */
export function Player(p: PlayerProps) {
  const { video } = p
  const el = useRef<Film>(null)
  const track = useRef<HTMLInputElement>(null)
  const whole = useRef<HTMLDivElement>(null)
  const [playing, setPlaying] = useState(false)
  const [at, setAt] = useState(video.resume_ms)
  const [length, setLength] = useState(video.ms)
  const [speed, setSpeed] = useState(1)
  const [captions, setCaptions] = useState(() => localStorage.getItem('kith-captions') !== 'off')
  const [trouble, setTrouble] = useState(false)
  const latest = useRef(p)
  latest.current = p
  const last = useRef(video.resume_ms)
  const savedAt = useRef(0)
  const viewing = useRef<Viewing | null>(null)
  viewing.current ??= new Viewing(video.ms, (span) => void send(paths.note_viewing, { learner: p.view.learner, lesson: p.view.id, version: p.view.version, ...span, happened_ms: Math.round(now()) }, { keep: true }))

  const save = () => {
    const ms = Math.round((el.current?.currentTime ?? 0) * 1000)
    savedAt.current = Date.now()
    localStorage.setItem(place(p.view.id), String(ms))
    void act(paths.save_resume, { learner: p.view.learner, lesson: p.view.id, position_ms: ms }).then((answer) => { if (answer.ok) localStorage.removeItem(place(p.view.id)) })
  }
  const seek = (ms: number) => {
    const v = el.current
    if (!v) return
    const to = Math.max(0, Math.min(ms, length || ms))
    viewing.current!.stop()
    v.currentTime = to / 1000
    last.current = to
    setAt(to)
    if (!v.paused) viewing.current!.play(to, v.playbackRate)
  }
  const play = () => { void el.current?.play().catch(() => setTrouble(true)) }
  const toggle = () => { if (latest.current.blocked) return; if (el.current?.paused) play(); else el.current?.pause() }
  const show = (on: boolean) => {
    setCaptions(on)
    localStorage.setItem('kith-captions', on ? 'on' : 'off')
  }
  /** full fills the screen with the whole player, so that a check still stands under the video; a phone that can only fill it
   * with the video itself does that. */
  const full = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else if (whole.current?.requestFullscreen) void whole.current.requestFullscreen().catch(() => {})
    else el.current?.webkitEnterFullscreen?.()
  }
  useImperativeHandle(p.handle, () => ({ play, seek }))

  useEffect(() => {
    const list = el.current?.textTracks
    if (list?.[0]) list[0].mode = captions ? 'showing' : 'hidden'
  }, [captions, length])

  useEffect(() => {
    const v = el.current!
    const begin = () => {
      const ms = Math.round(v.duration * 1000)
      if (Number.isFinite(ms)) { setLength(ms); viewing.current!.lengthMs = video.ms || ms }
      const kept = Number(localStorage.getItem(place(p.view.id)) ?? video.resume_ms)
      if (kept > 0 && (!Number.isFinite(ms) || kept < ms - 1500)) { v.currentTime = kept / 1000; last.current = kept; setAt(kept) }
    }
    const onPlay = () => { setPlaying(true); setTrouble(false); viewing.current!.play(v.currentTime * 1000, v.playbackRate) }
    const onPause = () => { setPlaying(false); viewing.current!.stop(); save() }
    const onTime = () => {
      const ms = v.currentTime * 1000
      const found = v.paused ? undefined : due(latest.current.open, last.current, ms)
      if (found) {
        viewing.current!.at(ms)
        v.pause()
        if (v.webkitDisplayingFullscreen) v.webkitExitFullscreen?.() // the question stands beside the video
        latest.current.onDue(found.at_ms)
      } else if (!v.paused) viewing.current!.at(ms)
      last.current = ms
      setAt(ms)
      if (!v.paused && Date.now() - savedAt.current > saveEveryMs) save()
    }
    const onHide = () => { if (document.visibilityState === 'hidden') { viewing.current!.stop(); save(); if (!v.paused) viewing.current!.play(v.currentTime * 1000, v.playbackRate) } }
    const onError = () => setTrouble(true)
    v.addEventListener('loadedmetadata', begin)
    v.addEventListener('play', onPlay)
    v.addEventListener('pause', onPause)
    v.addEventListener('timeupdate', onTime)
    v.addEventListener('error', onError, true)
    document.addEventListener('visibilitychange', onHide)
    if (v.readyState >= 1) begin()
    return () => {
      viewing.current!.stop()
      v.removeEventListener('loadedmetadata', begin)
      v.removeEventListener('play', onPlay)
      v.removeEventListener('pause', onPause)
      v.removeEventListener('timeupdate', onTime)
      v.removeEventListener('error', onError, true)
      document.removeEventListener('visibilitychange', onHide)
    }
  }, [])

  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (latest.current.blocked || e.ctrlKey || e.metaKey || e.altKey) return
      const on = e.target as HTMLElement
      if (on.closest('input:not([type="range"]), textarea, select, dialog, summary')) return
      const what = e.key.toLowerCase()
      if (what === ' ' && on.closest('button, a')) return
      if (what === ' ' || what === 'k') toggle()
      else if (what === 'j') seek(last.current - 10_000)
      else if (what === 'l') seek(last.current + 10_000)
      else if (what === 'c' && video.captions) show(!captions)
      else if (what === 'f') full()
      else return
      e.preventDefault()
    }
    document.addEventListener('keydown', key)
    return () => document.removeEventListener('keydown', key)
  }, [captions, length])

  const rate = (next: number) => {
    setSpeed(next)
    if (el.current) el.current.playbackRate = next
    viewing.current!.speed(next)
  }
  return (
    <div class="player" ref={whole}>
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- captions are there whenever the lesson has them */}
      <video ref={el} src={video.src || undefined} poster={video.poster || undefined} preload="metadata" playsInline onClick={toggle}>
        {video.captions && <track kind="captions" src={video.captions} label={t('lesson.captions')} default />}
      </video>
      {trouble && <p class="trouble" role="alert"><Icon name="offline" />{t('lesson.trouble')}</p>}
      <div class="bar">
        <div class="line">
          <input
            ref={track} type="range" min={0} max={Math.max(1, Math.round(length / 1000))} step={1} value={Math.round(at / 1000)} aria-label={t('lesson.place')}
            aria-valuetext={t('lesson.at', { at: clockOf(at), of: clockOf(length) })} disabled={p.blocked} onInput={(e) => seek(Number(e.currentTarget.value) * 1000)}
          />
          <div class="marks" aria-hidden="true">{length > 0 && p.marks.map((ms) => <Mark key={ms} part={ms / length} done={!p.open.some((c) => c.at_ms === ms)} />)}</div>
        </div>
        <div class="controls">
          <Button kind={p.view.status === 'done' ? 'quiet' : 'primary'} class="playbutton" icon={playing ? 'pause' : 'play'} busy={p.blocked} onClick={toggle}>{t(playing ? 'lesson.pause' : at > 500 ? 'step.go.on' : 'lesson.play')}</Button>
          <Button icon="rewind" onClick={() => seek(last.current - 10_000)}>{t('lesson.back10')}</Button>
          <Button class="square" icon="full" label={t('lesson.full')} onClick={full}>{null}</Button>
          <label class="speed"><Icon name="speed" /><span class="hear">{t('lesson.speed')}</span>
            <select class="input" value={String(speed)} onChange={(e) => rate(Number(e.currentTarget.value))}>{speeds.map((s) => <option key={s} value={String(s)}>{t('lesson.times', { n: String(s) })}</option>)}</select>
          </label>
          {video.captions && <Button icon="captions" pressed={captions} onClick={() => show(!captions)}>{t(captions ? 'lesson.captions.on' : 'lesson.captions.off')}</Button>}
          <span class="time tabular small quiet" data-own>{clockOf(at)} / {clockOf(length)}</span>
        </div>
      </div>
      {p.children}
    </div>
  )
}

/** Mark is a check on the line; its place goes through the CSSOM, which a policy without inline style allows. */
function Mark({ part, done }: { part: number; done: boolean }) {
  const el = useRef<HTMLSpanElement>(null)
  useEffect(() => { el.current?.style.setProperty('inset-inline-start', `${part * 100}%`) }, [part])
  return <span ref={el} class={done ? 'mark done' : 'mark'} />
}
