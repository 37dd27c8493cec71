import { QueryClientProvider } from '@tanstack/react-query'
import { lazy } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { LiveUpdates } from '../api/live.tsx'
import { createQueries } from '../api/queries.ts'
import { NowPage } from '../now/now-page.tsx'
import { Ground } from '../theme/ground.tsx'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { Session } from './session.tsx'

const RunsPage = lazy(async () => ({ default: (await import('../run/runs-page.tsx')).RunsPage }))
const RunPage = lazy(async () => ({ default: (await import('../run/run-page.tsx')).RunPage }))
const FailuresPage = lazy(async () => ({ default: (await import('../failures/failures-page.tsx')).FailuresPage }))
const FamilyPage = lazy(async () => ({ default: (await import('../failures/family-page.tsx')).FamilyPage }))
const HealingPage = lazy(async () => ({ default: (await import('../healing/healing-page.tsx')).HealingPage }))
const CasePage = lazy(async () => ({ default: (await import('../healing/case-page.tsx')).CasePage }))
const ModelsPage = lazy(async () => ({ default: (await import('../models/models-page.tsx')).ModelsPage }))
const EventsPage = lazy(async () => ({ default: (await import('../events/events-page.tsx')).EventsPage }))

const queries = createQueries()

/** Only Now is in the first load; every other page comes when it is gone to. Ids may hold slashes, hence the stars. */
export function App() {
  return (
    <Ground>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Session>
            <LiveUpdates>
              <Routes>
                <Route element={<Frame />}>
                  <Route index element={<NowPage />} />
                  <Route path="runs" element={<RunsPage />} />
                  <Route path="runs/*" element={<RunPage />} />
                  <Route path="failures" element={<FailuresPage />} />
                  <Route path="failures/*" element={<FamilyPage />} />
                  <Route path="healing" element={<HealingPage />} />
                  <Route path="healing/*" element={<CasePage />} />
                  <Route path="models" element={<ModelsPage />} />
                  <Route path="events" element={<EventsPage />} />
                  <Route path="*" element={<NotFound />} />
                </Route>
              </Routes>
            </LiveUpdates>
          </Session>
        </BrowserRouter>
      </QueryClientProvider>
    </Ground>
  )
}
