import Button from '@mui/material/Button'
import { useSearchParams } from 'react-router'
import type { RunList } from '../../../src/contract/views.ts'
import { useRuns } from '../api/queries.ts'
import { Anchor } from '../kit/anchor.tsx'
import { cut } from '../kit/cut.ts'
import { Empty } from '../kit/empty.tsx'
import { Page } from '../kit/page.tsx'
import { Paged } from '../kit/paged.tsx'
import { Mono, Table, TableFrame } from '../kit/rows.tsx'
import { Seam } from '../kit/seam.tsx'
import { State } from '../kit/state.tsx'
import { Lasted, When } from '../kit/when.tsx'
import { count, ending, runPath, short } from '../kit/words.ts'
import { softInk } from '../theme/theme.ts'

/** Every run, newest first; narrowed to one pipeline by the address. */
export function RunsPage() {
  const [words, setWords] = useSearchParams()
  const repository = words.get('repository')
  const pipeline = words.get('pipeline')
  const query = useRuns({ repository, pipeline })
  const narrowed = [repository, pipeline].filter((word) => word !== null).join(' ')
  return (
    <Page
      title="Runs"
      heading={headline(query.data?.pages ?? [], narrowed)}
      aside={
        narrowed && (
          <div style={{ display: 'flex', alignItems: 'center', gap: 16 }}>
            <Seam of={seamOf(query.data?.pages ?? [])} />
            <Button onClick={() => setWords({})}>Show all runs</Button>
          </div>
        )
      }
    >
      <Paged query={query} rowsOf={({ runs }) => runs} empty={<NoRuns />} older="older runs">
        {(runs) => <Runs runs={runs} />}
      </Paged>
    </Page>
  )
}

function headline(pages: readonly RunList[], narrowed: string): string {
  const runs = pages.flatMap((page) => page.runs)
  const of = narrowed ? ` of ${cut(narrowed, 120)}` : ''
  if (runs.length === 0) return `Runs${of}`
  const red = runs.filter(({ stitch }) => stitch === 'fail').length
  return `${red === 0 ? 'None' : red} of the last ${count(runs.length, 'run')}${of} ${red === 1 ? 'is' : 'are'} red`
}

/** The runs shown are newest first; a seam is read from the left. */
function seamOf(pages: readonly RunList[]) {
  return pages
    .flatMap((page) => page.runs)
    .map((run) => run.stitch)
    .reverse()
}

function NoRuns() {
  return (
    <Empty command="npm run up">
      Runs appear here as they start: of the sample shop, of GitHub once it is connected
      (docs/guides/connect-github.md), or of your own machine. To see some now:
    </Empty>
  )
}

function Runs({ runs }: { runs: readonly RunList['runs'][number][] }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">State</th>
            <th scope="col">Seam</th>
            <th scope="col">Commit</th>
            <th scope="col">Branch</th>
            <th scope="col">By</th>
            <th scope="col" className="number">
              Took
            </th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <td style={{ minWidth: 180 }}>
                <Anchor row quiet to={runPath(run.id)}>
                  <strong style={{ fontWeight: 600 }}>{cut(run.pipeline, 60)}</strong> #{run.number}
                </Anchor>
                {run.attempt > 1 && <span style={{ color: softInk }}> attempt {run.attempt}</span>}
                <div style={{ color: softInk }}>{cut(run.repository, 80)}</div>
              </td>
              <td>
                <State told={ending(run)} />
              </td>
              <td>
                <Seam of={[run.stitch]} />
              </td>
              <td style={{ minWidth: 200 }}>
                <Mono title={run.sha}>{short(run.sha)}</Mono> {cut(run.title ?? '', 100)}
              </td>
              <td>{run.branch ? cut(run.branch, 40) : '–'}</td>
              <td>{run.actor ? cut(run.actor, 40) : '–'}</td>
              <td className="number">
                <Lasted from={run.startedAt} to={run.status === 'completed' ? run.updatedAt : null} />
              </td>
              <td className="number">
                <When at={run.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
