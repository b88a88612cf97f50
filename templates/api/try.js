// The page to try the API on: Swagger UI over the OpenAPI document.
"use strict";

const nothing = () => () => null;

document.documentElement.classList.toggle("dark-mode", matchMedia("(prefers-color-scheme: dark)").matches);
SwaggerUIBundle({
  url: "{% url 'api:schema' %}",
  dom_id: "#try",
  presets: [SwaggerUIBundle.presets.apis],
  // The page has its own title, and one logs in on the site.
  plugins: [{ wrapComponents: { InfoContainer: nothing, SchemesContainer: nothing, authorizeOperationBtn: nothing } }],
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  supportedSubmitMethods: ["get"],
});
