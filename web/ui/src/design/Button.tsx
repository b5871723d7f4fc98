import type { ComponentChildren, JSX, Ref } from "preact";
import { Icon, type IconName } from "./Icon.tsx";
import "./button.css";

type Look = "next" | "plain" | "bare" | "grave";
interface Props extends Omit<JSX.IntrinsicElements["button"], "icon" | "ref"> {
  /** `next` is the screen's one filled button; `grave` takes something away. */
  look?: Look;
  icon?: IconName;
  children: ComponentChildren;
  innerRef?: Ref<HTMLButtonElement>;
}

/** A button with a word, and perhaps an icon beside it. */
export function Button({ look = "plain", icon, children, innerRef, type = "button", ...rest }: Props) {
  return (
    <button {...rest} ref={innerRef ?? null} type={type} class={`button button-${look} ${rest.class ?? ""}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button whose icon everyone knows; `name` says it to those who do not see it, and as a tooltip. */
export function IconButton({
  icon,
  name,
  ...rest
}: Omit<Props, "children" | "look"> & { icon: IconName; name: string }) {
  const { innerRef, ...given } = rest;
  return (
    <button
      {...given}
      ref={innerRef ?? null}
      type="button"
      class={`icon-button ${rest.class ?? ""}`}
      aria-label={name}
      title={name}
    >
      <Icon name={icon} />
    </button>
  );
}

/** A link that looks like a button: it goes somewhere. */
export function ButtonLink({
  href,
  look = "plain",
  icon,
  apart = false,
  children,
}: {
  href: string;
  look?: Look;
  /** It opens beside this page. */
  apart?: boolean;
  icon?: IconName;
  children: ComponentChildren;
}) {
  return (
    <a
      href={href}
      class={`button button-${look}`}
      target={apart ? "_blank" : undefined}
      rel={apart ? "noopener" : undefined}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}
