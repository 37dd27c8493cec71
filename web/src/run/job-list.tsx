import Button from '@mui/material/Button'
import { cut } from '../kit/cut.ts'
import { Table, TableFrame } from '../kit/rows.tsx'
import { State } from '../kit/state.tsx'
import { Lasted } from '../kit/when.tsx'
import { ending, list } from '../kit/words.ts'
import type { JobsProps } from './jobs.tsx'

/** The same jobs as a table: what broke first. */
export function JobList({ jobs, chosen, choose }: JobsProps) {
  const failing = (job: JobsProps['jobs'][number]) => (ending(job).meaning === 'failing' ? 0 : 1)
  const ordered = [...jobs].sort((a, b) => failing(a) - failing(b))
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">State</th>
            <th scope="col">Needs</th>
            <th scope="col" className="number">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((job) => (
            <tr key={job.id} aria-current={job.id === chosen || undefined}>
              <td>
                <Button
                  variant="text"
                  data-row=""
                  aria-pressed={job.id === chosen}
                  sx={{
                    p: 0,
                    minHeight: 24,
                    minWidth: 0,
                    fontWeight: job.id === chosen ? 700 : 400,
                    whiteSpace: 'normal',
                    textAlign: 'left',
                  }}
                  onClick={() => choose(job.id)}
                >
                  {cut(job.name, 120)}
                </Button>
              </td>
              <td>
                <State told={ending(job)} />
              </td>
              <td>{job.needs.length > 0 ? cut(list(job.needs), 120) : '–'}</td>
              <td className="number">
                <Lasted from={job.startedAt} to={job.completedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
