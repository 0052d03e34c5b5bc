/** The variables of Home Assistant's own themes, and of one that a person might have made. */

const LIGHT = {
  "--primary-color": "#009ac7",
  "--text-primary-color": "#ffffff",
  "--primary-text-color": "#141414",
  "--secondary-text-color": "#5e5e5e",
  "--card-background-color": "#ffffff",
  "--primary-background-color": "#fafafa",
  "--divider-color": "rgba(0, 0, 0, 0.12)",
  "--error-color": "#db4437",
  "--warning-color": "#ffa600",
};

export const THEMES = {
  light: LIGHT,
  dark: {
    ...LIGHT,
    "--primary-text-color": "#e1e1e1",
    "--secondary-text-color": "#9b9b9b",
    "--card-background-color": "#1c1c1c",
    "--primary-background-color": "#111111",
    "--divider-color": "rgba(225, 225, 225, 0.12)",
  },
  sunny: {
    ...LIGHT,
    "--primary-color": "#ffd54f",
    "--primary-text-color": "#3e2723",
    "--secondary-text-color": "#6d4c41",
    "--card-background-color": "#fff8e1",
    "--primary-background-color": "#ffecb3",
    "--ha-card-border-radius": "28px",
  },
} satisfies Record<string, Record<string, string>>;

export type ThemeName = keyof typeof THEMES;
