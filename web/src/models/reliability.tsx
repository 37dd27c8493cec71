import { styled } from '@mui/material/styles'
import type { ModelRecord } from '../../../src/contract/learning.ts'
import { Table, Unseen } from '../kit/rows.tsx'
import { percent } from '../kit/words.ts'
import { colour, line, softInk } from '../theme/theme.ts'

type Bins = ModelRecord['reliability']

const size = 300
const edge = 60

/** The reliability diagram: how sure against how right; the larger the point, the more answers it stands for. */
export function Reliability({ of, label }: { of: Bins; label: string }) {
  const most = Math.max(1, ...of.map(({ weight }) => weight))
  const x = (p: number) => edge + p * size
  const y = (p: number) => 8 + (1 - p) * size
  return (
    <Figure>
      <svg role="img" aria-label={`${label}. ${finding(of)}`} viewBox={`0 0 ${size + edge + 24} ${size + 56}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((p) => (
          <g key={p} fill={softInk} fontSize={11} stroke="none">
            <path d={`M${x(0)} ${y(p)}H${x(1)}M${x(p)} ${y(0)}V${y(1)}`} stroke={line} />
            <text x={edge - 8} y={y(p) + 4} textAnchor="end">
              {percent(p)}
            </text>
            <text x={x(p)} y={size + 26} textAnchor="middle">
              {percent(p)}
            </text>
          </g>
        ))}
        <path d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} stroke={colour('unknown')} strokeDasharray="4 4" />
        <polyline
          points={of.map((bin) => `${x(bin.confidence)},${y(bin.accuracy)}`).join(' ')}
          fill="none"
          stroke={colour('ours')}
          strokeWidth={1.5}
        />
        {of.map(({ confidence, accuracy, weight }) => (
          <circle
            key={confidence}
            cx={x(confidence)}
            cy={y(accuracy)}
            r={3 + 7 * Math.sqrt(weight / most)}
            fill={colour('ours')}
            fillOpacity={0.75}
          />
        ))}
        <text x={x(0.5)} y={size + 44} textAnchor="middle" fontSize={12} fill={softInk}>
          how sure
        </text>
        <text transform={`translate(11 ${y(0.5)}) rotate(-90)`} textAnchor="middle" fontSize={12} fill={softInk}>
          how many were right
        </text>
      </svg>
      <div>
        <p>{finding(of)}</p>
        <details>
          <summary>The numbers</summary>
          <Table style={{ width: 'auto' }}>
            <Unseen as="caption">{label}, as a table</Unseen>
            <thead>
              <tr>
                <th scope="col" className="number">
                  Sure
                </th>
                <th scope="col" className="number">
                  Right
                </th>
                <th scope="col" className="number">
                  Answers
                </th>
              </tr>
            </thead>
            <tbody>
              {of.map(({ confidence, accuracy, weight }) => (
                <tr key={confidence}>
                  <td className="number">{percent(confidence)}</td>
                  <td className="number">{percent(accuracy)}</td>
                  <td className="number">{Math.round(weight)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </details>
      </div>
    </Figure>
  )
}

/** What the plot says: does it claim too much, too little, or about what is so? */
export function finding(of: Bins): string {
  const total = of.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return 'Nothing was measured.'
  const mean = (value: (bin: Bins[number]) => number) =>
    of.reduce((sum, bin) => sum + bin.weight * value(bin), 0) / total
  const [sure, right] = [mean((bin) => bin.confidence), mean((bin) => bin.accuracy)]
  const means = `it was ${percent(sure)} sure on average and right in ${percent(right)}`
  if (Math.abs(sure - right) < 0.02) return `Its confidence can be believed: ${means}.`
  return sure > right ? `It claims too much: ${means}.` : `It claims too little: ${means}.`
}

const Figure = styled('div')({
  display: 'flex',
  flexWrap: 'wrap',
  gap: '16px 40px',
  fontSize: '0.8125rem',
  '& svg': { width: '100%', maxWidth: 360, height: 'auto' },
  '& p': { margin: '0 0 8px', maxWidth: '28em', fontSize: '0.875rem' },
  '& summary': { cursor: 'pointer', minHeight: 24 },
})
