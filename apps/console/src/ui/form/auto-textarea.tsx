import { type TextareaHTMLAttributes, useLayoutEffect, useRef } from 'react';
import { inputHandlers } from './input-handlers.ts';
import './form.css';

interface AutoTextareaProps extends Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  onValueChange: (text: string) => void;
}

/** A text area that grows with its text, by CSS `field-sizing` where supported. */
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
