<?php
// What a provider's script does with VMware's PHP SDK: HOST VERSION CA_FILE ADMIN_PASSWORD AMQP_PORT.
// Prints a line for each step; a step that fails says why, and the others go on.
require __DIR__ . '/standins/autoload.php';

[, $host, $version, $ca, $password, $amqp_port] = $argv;
$config = ['ssl_verify_peer' => true, 'ssl_verify_host' => false, 'ssl_cafile' => $ca];
$made = [];  // what earlier steps leave to later ones

function check($condition, $what) {
    if (!$condition) throw new Exception("not so: $what");
}

function step($name, $act) {
    try {
        $act();
        echo "ok $name\n";
    } catch (Throwable $error) {
        echo "failed $name: ", preg_replace('/\s+/', ' ', $error->getMessage()), "\n";
    }
}

function set($object, $values) {
    foreach ($values as $name => $value) $object->{"set$name"}($value);
    return $object;
}

function extension($kind, $values) {
    $class = "VMware_VCloud_API_Extension_{$kind}Type";
    return set(new $class(), $values);
}

function reference($href, $type = null) {
    return VMware_VCloud_SDK_Helper::createReferenceTypeObj($href, 'Entity', $type);
}

function hrefs($references) {
    return array_map(fn($one) => $one->get_href(), $references ?? []);
}

// The SDK's object for a URL.
function object_of($href) {
    return $GLOBALS['service']->createSDKObj($href);
}

$service = VMware_VCloud_SDK_Service::getService();
$login = ['username' => 'administrator@System', 'password' => $password];
step('login', function () use ($service, $host, $login, $config, $version) {
    $session = $service->login("https://$host", $login, $config, $version);
    check($session->get_org() === 'System', 'an administrator of System');
    check($service->getSession()->get_user() === 'administrator', 'the session is shown');
});
$admin = $service->createSDKExtensionObj();

step('organisations', function () use ($service) {
    $names = array_map(fn($org) => $org->get_name(), $service->getOrgRefs());
    check(in_array('acme', $names), 'acme is listed');
    check(count($service->getOrgRefs('acme')) === 1, 'and found by its name');
});
step('VMWExtension', fn() => check($admin->getExtension()->getLink(), 'it has links'));

step('create a service', function () use ($admin, &$made) {
    $filter = extension('ApiFilter', ['UrlPattern' => '/api/photos/(.*)']);
    $filters = extension('ApiFilters', ['ApiFilter' => [$filter]]);
    $made['document'] = extension('AdminService', [
        '_name' => 'photos', 'Namespace' => 'org.example.photos', 'Enabled' => true,
        'AuthorizationEnabled' => true, 'RoutingKey' => 'photos', 'Priority' => 50,
        'Exchange' => 'photos', 'Vendor' => 'Example & Sons', 'ApiFilters' => $filters]);
    $created = $admin->createService($made['document']);
    $made['url'] = $created->get_href();
    check($created->get_name() === 'photos', 'its name');
    check(in_array($made['url'], hrefs($admin->getExtensionService())), 'it is listed');
});

step('read it', function () use (&$made) {
    $made['object'] = object_of($made['url']);
    $read = $made['object']->getService();
    check($read->getVendor() === 'Example & Sons', 'the vendor');
    check((int) $read->getPriority() === 50, 'the priority');
    check($made['object']->getServiceRef()->get_href() === $made['url'], 'the reference');
});
step('update it', function () use (&$made) {
    $update = extension('AdminService', [
        '_name' => 'photos', 'Namespace' => 'org.example.photos', 'Enabled' => true,
        'RoutingKey' => 'photos2', 'Exchange' => 'photos']);
    check($made['object']->updatesService($update)->getRoutingKey() === 'photos2', 'the new key');
    check($made['object']->getService()->getVendor() === 'Example & Sons', 'the vendor stays');
});
step('API filters', function () use (&$made) {
    $filter = $made['object']->createApiFilter(
        extension('ApiFilter', ['UrlPattern' => '/api/albums/[-,a-g,0-9]+']));
    check(count($made['object']->getApiFilterRefs()) === 2, 'two references');
    $object = object_of($filter->get_href());
    check($object->getApiFilter()->getUrlPattern() === '/api/albums/[-,a-g,0-9]+', 'its pattern');
    $object->delete();
    check(count($made['object']->getApiFilterRefs()) === 1, 'one is left');
});
step('service links', function () use (&$made) {
    $link = $made['object']->createServiceLinks(extension('AdminServiceLink', [
        'LinkHref' => '{baseUri}org/{resourceId}/photos', 'MimeType' => 'application/vnd.example+xml',
        'Rel' => 'down:photos', 'ResourceType' => 'application/vnd.vmware.vcloud.org+xml']));
    check(in_array($link->get_href(), hrefs($made['object']->getServiceLinks())), 'it is listed');
    $org = $GLOBALS['service']->get($GLOBALS['service']->getOrgRefs('acme')[0]->get_href());
    $links = VMware_VCloud_SDK_Helper::getContainedLinks(null, 'down:photos', $org);
    check(count($links) === 1 && str_ends_with($links[0]->get_href(), '/photos'), 'acme has it');
    object_of($link->get_href())->delete();
    check($made['object']->getServiceLinks() == [], 'none is left');
});
step('API definitions and files', function () use (&$made) {
    $definition = $made['object']->addAPIDefinitions(extension('AdminApiDefinition', [
        '_name' => 'photos API', 'Description' => 'How to', 'EntryPoint' => '{baseUri}photos',
        'Namespace' => 'org.example.photos.api', 'ApiVendor' => 'Example']));
    $made['definition'] = object_of($definition->get_href());
    check(str_ends_with($made['definition']->getAPIDefinition()->getEntryPoint(), '/api/photos'),
          'its entry point is expanded');
    $file = $made['definition']->createFileDescriptor(extension('AdminFileDescriptor', [
        'Description' => 'schema', 'File' => VMware_VCloud_SDK_Helper::createReferenceTypeObj(
            'https://files.example.org/photos.xsd', 'File', 'application/xml', 'photos.xsd')]));
    check(in_array($file->get_href(), hrefs($made['object']->getFileDescriptor())), 'it is listed');
    $read = $GLOBALS['service']->createSDKObj($file)->getFile();
    check($read->getFile()->get_href() === 'https://files.example.org/photos.xsd', 'its place');
    check(count($made['object']->getAPIDefinitions()) === 1, 'the definition is listed');
});
step('rights', function () use (&$made) {
    $right = new VMware_VCloud_API_RightType();
    set($right, ['_name' => 'View photos', 'Description' => 'To look', 'Category' => 'Photos',
                 'BundleKey' => 'VIEW_PHOTOS']);
    $made['right'] = $made['object']->registerRights($right);
    check($made['right']->get_name() === '{org.example.photos}:View photos', 'its name');
    check(count($made['object']->getRights()->getRight()) === 1, 'it is listed');
    $other = new VMware_VCloud_API_RightType();
    set($other, ['_name' => 'Edit photos', 'Description' => 'To change', 'Category' => 'Photos',
                 'BundleKey' => 'EDIT_PHOTOS']);
    $other->set_tagName('AddRight');
    $update = new VMware_VCloud_API_Extension_UpdateRightsParamsType();
    $update->setAddRight([$other]);
    check(count($made['object']->updateRights($update)->getRight()) === 2, 'another is added');
});
step('resource classes, actions, resources and rules', function () use (&$made) {
    $class = object_of($made['object']->registerResourceClass(extension('ResourceClass', [
        '_name' => 'photo', 'MimeType' => 'application/vnd.example.photo+xml',
        'UrlTemplate' => '{baseUri}photos/{resourceId}', 'Nid' => 'photo',
        'UrnPattern' => '^photo(?<id>[0-9]+)']))->get_href());
    $made['class'] = $class;
    $action = object_of($class->registerResourceClassAction(extension('ResourceClassAction', [
        '_name' => 'read', 'HttpMethod' => 'GET',
        'UrlPattern' => '/api/photos/(?<id>[0-9]+)']))->get_href());
    $org = $GLOBALS['service']->getOrgRefs('acme')[0];
    $resource = $class->registerServiceResources(extension('ServiceResource', [
        '_name' => 'seventeen', 'Org' => VMware_VCloud_SDK_Helper::createReferenceTypeObj(
            $org->get_href(), 'Org', $org->get_type()), 'ExternalObjectId' => '17']));
    $made['rule'] = object_of($action->createAclRule(extension('AclRule', [
        '_name' => 'all of acme',
        'ServiceResourceAccess' => extension('AclAccess', [
            'Access' => 'Entity', 'Entity' => reference($resource->get_href())]),
        'OrganizationAccess' => extension('AclAccess', ['Access' => 'Shared']),
        'PrincipalAccess' => extension('AclAccess', ['Access' => 'Shared'])]))->get_href());
    check($made['rule']->getAclRule()->getOrganizationAccess()->getAccess() === 'Shared', 'a rule');
    $object = $made['object'];
    foreach (['getResourceClass', 'getResourceClassAction', 'getServiceResources', 'getAclRule']
             as $list)
        check(count($object->$list()) === 1, "$list lists it");
});
function asks($admin, $made, $user) {
    $params = extension('AuthorizationCheckParams', [
        'User' => VMware_VCloud_SDK_Helper::createReferenceTypeObj($user, 'User'),
        'HttpMethod' => 'GET', 'URL' => '/api/photos/17']);
    return [$made['object']->isAuthorized($params), $admin->isAuthorized($params)];
}

step('authorization check', function () use ($admin, &$made) {
    $users = $GLOBALS['service']->queryReferencesByType('adminUser');
    $found = array_values(array_filter($users, fn($one) => $one->get_name() === 'acme-user'));
    $made['user'] = $found[0]->get_href();
    check(asks($admin, $made, $made['user']) === [true, true], 'a member of acme may');
    $made['rule']->delete();
    check(asks($admin, $made, $made['user']) === [false, false], 'nobody without a rule');
});
step('entity resolver', function () use ($host) {
    $url = VMware_VCloud_SDK_Helper::getUrlByEntityId($GLOBALS['service'], 'urn:photo:photo17');
    check($url === "https://$host/api/photos/17", "resolved to $url");
});
step('localization bundle', function () use ($admin) {
    $bundle = 'bundle.zip';
    $socket = $admin->initiatesLocalizationBundles(extension('BundleUploadParams', [
        '_serviceNamespace' => 'org.example.photos', '_fileSize' => filesize($bundle)]));
    $GLOBALS['service']->upload($socket->get_uploadLocation(), $bundle);
    $admin->clearUnusedLocalizationBundles();
});
step('the user\'s side', function () use ($host, $config, $version) {
    $client = VMware_VCloud_SDK_Service::getService(new VMware_VCloud_SDK_Http_Client());
    $client->login("https://$host", ['username' => 'acme-user@acme',
                                     'password' => getenv('TENANT_PASSWORD')], $config, $version);
    $services = $client->getUserServiceRefs();
    check(in_array('photos', array_map(fn($one) => $one->get_name(), $services)), 'it is listed');
    $one = $client->createSDKObj($services[0]->get_href());
    check($one->getUserService()->getNamespace() === 'org.example.photos', 'and shown');
    check(count($one->getAPIDefinitionRefs()) === 1, 'with its definition');
    $client->logout();
});
step('queries', function () use ($service) {
    check(count($service->queryRecordsByType('adminService')) >= 1, 'records');
    $query = $service->getQueryService();
    check($query->queryIdRecords('apiFilter')->getRecord() != [], 'idrecords');
    $params = new VMware_VCloud_SDK_Query_Params();
    $params->setPageSize(1);
    $params->setFilter('name==pho*;namespace==org.example.photos');
    check((int) $query->queryRecords('adminService', $params)->get_total() === 1, 'filtered');
    $references = $query->queryReferences('adminService', $params)->getReference();
    check($references[0]->get_name() === 'photos', 'references');
});
step('packaged query', fn() => check(
    in_array($made['url'], hrefs($admin->getQueryExtensionServices()->getReference())), 'listed'));
step('AMQP settings', function () use ($admin, $amqp_port) {
    $settings = $admin->getAmqpSettings();
    check($settings->getAmqpPort() == $amqp_port, 'the port');
    $settings->setAmqpUsername('guest');
    $settings->setAmqpPassword('guest');
    check($admin->testAmqpConnection($settings) === true, 'they are valid');
    check($admin->updateAmqpSettings($settings)->getAmqpPrefix() === 'vcd', 'written back');
});
step('notifications settings', function () use ($admin) {
    check($admin->isNotificationEnabled() === false, 'none are wanted');
    check($admin->enableNotification()->getEnableNotifications() === true, 'now they are');
    check($admin->isNotificationEnabled() === true, 'and that is kept');
    $admin->disableNotification();
});
step('what an organisation holds', function () use ($service, $host) {
    $refs = $service->getOrgRefs('acme');
    $org = object_of(str_replace('/api/org/', '/api/admin/org/', $refs[0]->get_href()));
    $names = array_map(fn($one) => $one->get_name(), $org->getUserRefs());
    check(in_array('acme-user', $names), 'its users');
    check(count($org->getAdminVdcRefs() ?? []) === 0, 'no virtual datacenters');
    check(count($org->getGroupRefs() ?? []) === 0, 'no groups');
});
step('delete it', function () use ($admin, &$made) {
    try {
        $made['object']->delete();
        check(false, 'an enabled service is not deleted');
    } catch (VMware_VCloud_SDK_Exception $refused) {
    }
    $made['object']->updatesService(extension('AdminService', [
        '_name' => 'photos', 'Namespace' => 'org.example.photos', 'Enabled' => false,
        'RoutingKey' => 'photos', 'Exchange' => 'photos']));
    $object = object_of($made['url']);
    $object->delete();
    check(!in_array($made['url'], hrefs($admin->getExtensionService())), 'it is gone');
    $admin->clearUnusedRights();
});
step('logout', function () use ($service) {
    $service->logout();
    try {
        $service->getSession();
    } catch (VMware_VCloud_SDK_Exception $refused) {
        return;
    }
    check(false, 'the token is dead');
});
