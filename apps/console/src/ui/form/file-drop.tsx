import type { LucideIcon } from 'lucide-react';
import { type DragEvent, type ReactNode, useEffect, useState } from 'react';
import './form.css';

interface FileDropProps {
  className: string;
  label: string;
  /** The id of a description, if any. */
  describedBy?: string;
  onFile: (file: File) => void;
  children: ReactNode;
}

/** A place to drop a file; its children have a {@link FileButton} for those who choose one. */
export function FileDrop({ className, label, describedBy, onFile, children }: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  const onDrag = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(event.type === 'dragover');
  };
  // A file that is dropped beside it would replace the page.
  useEffect(() => {
    const ignore = (event: Event) => event.preventDefault();
    window.addEventListener('dragover', ignore);
    window.addEventListener('drop', ignore);
    return () => {
      window.removeEventListener('dragover', ignore);
      window.removeEventListener('drop', ignore);
    };
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a second way beside the button
    <fieldset
      className={`file-drop ${className}`}
      aria-label={label}
      aria-describedby={describedBy}
      data-over={isOver || undefined}
      onDragOver={onDrag}
      onDragLeave={onDrag}
      onDrop={(event) => {
        onDrag(event);
        const file = event.dataTransfer.files[0];
        if (file !== undefined) onFile(file);
      }}
    >
      {children}
    </fieldset>
  );
}

interface FileButtonProps {
  Icon: LucideIcon;
  label: string;
  /** As the attribute of a file field. */
  accept: string;
  onFile: (file: File) => void;
}

export function FileButton({ Icon, label, accept, onFile }: FileButtonProps) {
  return (
    <label className="button button-secondary file-button">
      <Icon size={16} aria-hidden="true" />
      {label}
      <input
        type="file"
        accept={accept}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          // The same file can be chosen again once it was corrected.
          currentTarget.value = '';
        }}
      />
    </label>
  );
}
