import type { PipelineLine } from '../../../src/contract/views.ts'
import { Anchor } from '../kit/anchor.tsx'
import { cut } from '../kit/cut.ts'
import { Table, TableFrame } from '../kit/rows.tsx'
import { Seam } from '../kit/seam.tsx'
import { State } from '../kit/state.tsx'
import { When } from '../kit/when.tsx'
import { ending, runPath } from '../kit/words.ts'

/** Every pipeline on one line, with its seam. */
export function Pipelines({ lines }: { lines: readonly PipelineLine[] }) {
  return (
    <TableFrame>
      <Table>
        <thead>
          <tr>
            <th scope="col">Pipeline</th>
            <th scope="col">Branch</th>
            <th scope="col">History, newest right</th>
            <th scope="col">Latest run</th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.repository} ${line.pipeline} ${line.branch}`}>
              <td>
                <Anchor
                  row
                  quiet
                  to={`/runs?${new URLSearchParams({ repository: line.repository, pipeline: line.pipeline })}`}
                >
                  {cut(line.repository, 60)} <strong style={{ fontWeight: 600 }}>{cut(line.pipeline, 60)}</strong>
                </Anchor>
              </td>
              <td>{line.branch ? cut(line.branch, 40) : '–'}</td>
              <td>
                <Seam of={line.seam} />
              </td>
              <td className="tight">
                <Anchor quiet to={runPath(line.latest.id)}>
                  <State told={ending(line.latest)} /> #{line.latest.number}
                </Anchor>
              </td>
              <td className="number">
                <When at={line.latest.updatedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}
