import { type TextareaHTMLAttributes, useLayoutEffect, useRef } from 'react';
import { inputHandlers } from './input-handlers.ts';
import './auto-textarea.css';

interface AutoTextareaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  onValueChange: (text: string) => void;
}

/** A text field that grows with its text; CSS's `field-sizing` does it where it is known. */
export function AutoTextarea({ value, className = '', onValueChange, ...rest }: AutoTextareaProps) {
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || CSS.supports('field-sizing', 'content')) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
  });

  return (
    <textarea
      ref={field}
      className={`auto-textarea ${className}`}
      value={value}
      {...rest}
      {...inputHandlers(onValueChange)}
    />
  );
}
