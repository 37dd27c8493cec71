import { styled } from '@mui/material/styles'
import { Suspense, useEffect, useRef } from 'react'
import { NavLink, Outlet, useLocation } from 'react-router'
import { useNow, useStop } from '../api/queries.ts'
import { Asking } from '../kit/asking.tsx'
import { stitches } from '../kit/stitches.ts'
import { StopControl } from '../kit/stop-control.tsx'
import { NeedsYou } from '../kit/tab-title.ts'
import { colour, ink, line, paper, softInk } from '../theme/theme.ts'
import { Favicon } from './favicon.tsx'
import { Glyphic } from './glyphic.tsx'
import { Keyboard } from './keyboard.tsx'
import { LiveChip } from './live-chip.tsx'
import { StopBanner } from './stop-banner.tsx'
import { stateOf } from './tab.ts'
import { ThemeButton } from './theme-button.tsx'

const places = [
  ['/', 'Now'],
  ['/runs', 'Runs'],
  ['/failures', 'Failures'],
  ['/healing', 'Healing'],
  ['/models', 'Models'],
  ['/events', 'Events'],
] as const

/** What stands around every page: name, ways, freshness, and the stop switch. */
export function Frame() {
  const now = useNow().data
  const stop = useStop().data
  const main = useRef<HTMLElement>(null)
  useFocusOnArrival(main)
  return (
    <NeedsYou value={now?.needsYou.length ?? 0}>
      <Favicon state={now ? stateOf(now) : 'unknown'} />
      <Asking>
        <Keyboard>
          {(openHelp) => (
            <>
              <Skip href="#main">Skip to the page</Skip>
              <Header>
                <Name to="/" aria-label="Mendline, to Now">
                  <Mark />
                  Mendline
                </Name>
                <nav aria-label="Pages">
                  {places.map(([to, name]) => (
                    <Way key={to} to={to} end={to === '/'}>
                      {name}
                    </Way>
                  ))}
                </nav>
                <Tools>
                  <LiveChip />
                  {stop && !stop.stopped && <StopControl stopped={false} />}
                  <ThemeButton />
                  <Glyphic label="Keyboard shortcuts" path={questionMark} onClick={openHelp} />
                </Tools>
              </Header>
              {stop && <StopBanner stop={stop} />}
              <main id="main" ref={main} tabIndex={-1}>
                <Suspense>
                  <Outlet />
                </Suspense>
              </main>
            </>
          )}
        </Keyboard>
      </Asking>
    </NeedsYou>
  )
}

const questionMark = 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.6M8 12.5v.1'

/** A new page is a new place: its beginning takes the focus, as a page load would. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>) {
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [pathname, main])
}

function Mark() {
  return (
    <svg
      viewBox="0 0 36 12"
      width={36}
      height={12}
      aria-hidden="true"
      fill="none"
      strokeWidth={2}
      strokeLinecap="round"
    >
      <path d={stitches.pass.path} stroke="currentColor" />
      <path d={stitches.mended.path} transform="translate(12 0)" stroke={colour('mending')} />
      <path d={stitches.pass.path} transform="translate(24 0)" stroke="currentColor" />
    </svg>
  )
}

const Header = styled('header')({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: '4px 24px',
  minHeight: 52,
  padding: '4px max(24px, calc((100% - 1232px) / 2))',
  borderBottom: `1px solid ${line}`,
  '& nav': { display: 'flex', gap: 4 },
  '@media (max-width: 600px)': { padding: '8px 16px 4px', '& nav': { order: 3, width: '100%', marginLeft: -8 } },
})
const Name = styled(NavLink)({
  display: 'flex',
  alignItems: 'center',
  gap: 8,
  fontWeight: 700,
  fontSize: '1rem',
  color: ink,
  textDecoration: 'none',
  minHeight: 32,
})
const Way = styled(NavLink)({
  padding: '6px 8px',
  fontSize: '0.875rem',
  color: softInk,
  textDecoration: 'none',
  '&:hover': { color: ink },
  '&.active': { color: ink, fontWeight: 600, boxShadow: `inset 0 -2px ${colour('ours')}` },
})
const Tools = styled('div')({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, marginLeft: 'auto' })
const Skip = styled('a')({
  position: 'absolute',
  left: 8,
  top: -64,
  padding: 8,
  background: paper,
  color: colour('ours'),
  zIndex: 10,
  '&:focus': { top: 8 },
})
