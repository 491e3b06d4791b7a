//! The API's own description, OpenAPI 3.1, drawn from the list of parameters and the view structs.

use axum::Json;
use axum::extract::State;
use serde_json::json;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::schema::{
    ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{
    ComponentsBuilder, ContactBuilder, ContentBuilder, HeaderBuilder, InfoBuilder, LicenseBuilder,
    OpenApi, OpenApiBuilder, PathsBuilder, Ref, RefOr, Required, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::NoParameters;
use crate::web::error::WebError;
use crate::web::layers::errors::Problem;
use crate::web::params::{self, KNOWN, Known, Shape};
use crate::web::settings::Settings;
use crate::web::state::App;
use crate::web::view::{
    CommitteeList, CoverageView, ItemView, MeetingView, RoleList, SearchAnswer, TopicList,
};

/// Answers with the description.
pub(crate) async fn openapi(
    State(app): State<App>,
    _: NoParameters,
) -> Result<Json<OpenApi>, WebError> {
    Ok(Json(app.api().clone()))
}

/// One operation: its path, its name, what it does, what it answers.
struct Operation {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    answer: &'static str,
    parameters: Vec<Parameter>,
    by_id: bool,
}

/// The description of the whole API.
pub(crate) fn description(settings: &Settings) -> OpenApi {
    let contact = settings.contact.clone().map(|contact| {
        let builder = ContactBuilder::new()
            .name(Some(settings.operator.clone().unwrap_or_else(|| settings.site_name.clone())));
        match contact.strip_prefix("mailto:").unwrap_or(&contact) {
            mail if mail.contains('@') => builder.email(Some(mail.to_owned())),
            address => builder.url(Some(address.to_owned())),
        }
        .build()
    });
    let info = InfoBuilder::new()
        .title(format!("{} API", settings.site_name))
        .version("1")
        .description(Some(
            "Search council minutes: who decided what, when, and on whose advice. Read only, no key needed. Every error is application/problem+json.",
        ))
        .contact(contact)
        .license(Some(
            LicenseBuilder::new()
                .name("MIT OR Apache-2.0 (the program; each council's minutes are under its own terms)")
                .identifier(Some("MIT OR Apache-2.0"))
                .build(),
        ));
    let mut paths = PathsBuilder::new();
    for operation in operations() {
        paths = paths.path(operation.path, operation.item());
    }
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components())).build()
}

fn operations() -> Vec<Operation> {
    let list = |path, id, summary, answer| Operation {
        path,
        id,
        summary,
        answer,
        parameters: Vec::new(),
        by_id: false,
    };
    let one = |path, id, summary, answer| Operation {
        parameters: vec![id_parameter()],
        by_id: true,
        ..list(path, id, summary, answer)
    };
    vec![
        Operation {
            parameters: KNOWN.iter().map(parameter).collect(),
            ..list("/api/v1/search", "search", "Search the minutes", "SearchAnswer")
        },
        one("/api/v1/items/{id}", "item", "One item, whole", "ItemView"),
        one("/api/v1/meetings/{id}", "meeting", "One meeting and its items", "MeetingView"),
        list("/api/v1/committees", "committees", "Every committee", "CommitteeList"),
        list("/api/v1/roles", "roles", "Every role", "RoleList"),
        list("/api/v1/topics", "topics", "Every topic in use", "TopicList"),
        list("/api/v1/coverage", "coverage", "What is held, and how fresh it is", "CoverageView"),
    ]
}

impl Operation {
    fn item(self) -> PathItem {
        let json =
            |name: &str| ContentBuilder::new().schema(Some(Ref::from_schema_name(name))).build();
        let header = |about: &str| {
            let text = ObjectBuilder::new().schema_type(Type::String);
            HeaderBuilder::new().schema(Some(text)).description(Some(about)).build()
        };
        let tag = || header("Changes whenever the answer may have changed.");
        let mut answer = ResponseBuilder::new()
            .description("The answer.")
            .content("application/json", json(self.answer))
            .header("ETag", tag());
        if self.id == "search" {
            answer = answer.header("Link", header("The neighbouring pages (RFC 8288)."));
        }
        let problem = |about: &str| {
            ResponseBuilder::new()
                .description(about)
                .content("application/problem+json", json("Problem"))
                .build()
        };
        let mut operation = OperationBuilder::new()
            .operation_id(Some(self.id))
            .summary(Some(self.summary))
            .parameters(Some(self.parameters))
            .response("200", answer.build())
            .response(
                "304",
                ResponseBuilder::new().description("You have the present answer.").build(),
            )
            .response("400", problem("A parameter is unknown or malformed; `errors` names it."))
            .response("414", problem("The address is longer than 60,000 characters."))
            .response(
                "429",
                problem(
                    "Too many requests from your address; `Retry-After` says how long to wait.",
                ),
            )
            .response(
                "503",
                problem("Too many searches wait; `Retry-After` says when to come back."),
            );
        if self.by_id {
            operation = operation
                .response("404", problem("Nothing has this id."))
                .response("410", problem("It is withheld."));
        }
        PathItem::new(HttpMethod::Get, operation.build())
    }
}

fn id_parameter() -> Parameter {
    let schema = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The permanent id, as search results give it."))
        .schema(Some(schema))
        .build()
}

fn parameter(known: &Known) -> Parameter {
    let one = schema_of(known);
    let schema: RefOr<Schema> = if known.repeats {
        ArrayBuilder::new().items(one).max_items(Some(params::MAX_VALUES)).into()
    } else {
        one.into()
    };
    let parameter = ParameterBuilder::new()
        .name(known.name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(known.about))
        .schema(Some(schema));
    if known.repeats { parameter.explode(Some(true)).build() } else { parameter.build() }
}

fn schema_of(known: &Known) -> ObjectBuilder {
    let schema = match known.shape {
        Shape::Text { least, most } => ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length((least > 0).then_some(least))
            .max_length(Some(most)),
        Shape::Day => ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
        Shape::Number { least, most, default } => ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(least))
            .maximum(Some(most))
            .default(default.map(|number| json!(number))),
        Shape::OneOf(words) => ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words.iter().copied()))
            .default((!known.repeats).then(|| json!(words[0]))),
    };
    let example = match known.shape {
        Shape::Number { .. } => {
            known.example.parse::<i64>().map_or(json!(known.example), |n| json!(n))
        }
        _ => json!(known.example),
    };
    schema.examples([example])
}

fn components() -> utoipa::openapi::Components {
    fn add<T: ToSchema + PartialSchema>(all: &mut Vec<(String, RefOr<Schema>)>) {
        all.push((T::name().into_owned(), T::schema()));
        T::schemas(all);
    }
    let mut all = Vec::new();
    add::<SearchAnswer>(&mut all);
    add::<ItemView>(&mut all);
    add::<MeetingView>(&mut all);
    add::<CommitteeList>(&mut all);
    add::<RoleList>(&mut all);
    add::<TopicList>(&mut all);
    add::<CoverageView>(&mut all);
    add::<Problem>(&mut all);
    ComponentsBuilder::new().schemas_from_iter(all).build()
}
