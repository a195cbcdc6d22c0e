import { TextField } from './text-field.tsx';

interface SearchFieldProps {
  label: string;
  value: string;
  onValueChange: (text: string) => void;
}

/** Narrows a list while typing. */
export const SearchField = (props: SearchFieldProps) => (
  <TextField type="search" autoComplete="off" {...props} />
);
