import ButtonBase from '@mui/material/ButtonBase'

/** A button that is only a sign; its name is told on hover and to screen readers. */
export function Glyphic({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <ButtonBase aria-label={label} title={label} onClick={onClick} sx={{ width: 32, height: 32, borderRadius: 1 }}>
      <svg
        viewBox="0 0 16 16"
        width={16}
        height={16}
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={path} />
      </svg>
    </ButtonBase>
  )
}
